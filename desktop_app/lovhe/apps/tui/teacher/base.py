"""What all screens of the teacher's side have in common: they close by themselves when nobody is there any more."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.geometry import Offset

from lovhe.apps.language import key
from lovhe.apps.tui.screens.base import LovheScreen
from lovhe.apps.tui.teacher.places import TeacherCommands
from lovhe.core.messages import Text

IDLE_S = 15 * 60.0
"""So long nobody has pressed a key or moved the mouse: the teacher has gone, and pupils may come."""
_LOOK_S = 5.0


class Teaching:
    """A teacher is here. `class_name` is the class they looked at last, "" for none yet."""

    def __init__(self) -> None:
        self.class_name = ""
        self._seen: tuple[int, Offset] = (0, Offset())
        self._since_s = time.monotonic()

    def idle_s(self, keys_typed: int, mouse: Offset, now_s: float) -> float:
        """How long nothing has happened, if this is how many keys were typed and where the mouse is."""
        if (keys_typed, mouse) != self._seen:
            self._seen, self._since_s = (keys_typed, mouse), now_s
        return now_s - self._since_s


class TeacherScreen(LovheScreen):
    """Escape goes back to the places, F10 out."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {TeacherCommands}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", key("Back"), id="teacher.back")]

    def on_mount(self) -> None:
        self.set_interval(_LOOK_S, self.look_whether_idle)

    @property
    def teaching(self) -> Teaching:
        """The teacher who is here."""
        assert self.lovhe.teaching is not None
        return self.lovhe.teaching

    @property
    def at_stake(self) -> Text | None:
        """Why the teacher had better stay here; None where nothing would be lost."""
        return None

    def look_whether_idle(self) -> None:
        """Out, when nobody has done anything for long; not while a board is being worked at."""
        app = self.lovhe
        if app.teaching is None or self.job is not None or not self.is_current:
            return
        if app.teaching.idle_s(app.keys_typed, app.mouse_position, time.monotonic()) > IDLE_S:
            app.end_teaching()

    def action_back(self) -> None:
        """Escape."""
        self.dismiss()
