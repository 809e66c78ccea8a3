"""What all screens of the teacher's side have in common: they close by themselves when nobody is there any more."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, TypeVar

from textual.binding import ActiveBinding, Binding, BindingType
from textual.command import Provider
from textual.geometry import Offset

from lovhe.apps.language import key, t
from lovhe.apps.teaching.flash_choices import FlashChoice
from lovhe.apps.tui.screens.base import LovheScreen
from lovhe.apps.tui.screens.question import Letter
from lovhe.apps.tui.teacher.places import TeacherCommands
from lovhe.apps.workspace.jobs import unforeseen
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

_LOOK_S = 5.0


class Teaching:
    """A teacher is here. `class_name` is the class they looked at last, "" for none yet; `flash_choice` how they flashed last."""

    def __init__(self) -> None:
        self.class_name = ""
        self.flash_choice = FlashChoice()
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

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """See `LovheScreen`; here F10 is called after what it does for a teacher."""
        found = super().active_bindings
        if "f10" in found:
            leave = dataclasses.replace(found["f10"].binding, description=t(key("Leave")))
            found["f10"] = found["f10"]._replace(binding=leave)
        return found

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
        """Out, when nobody has pressed a key or moved the mouse for long: pupils may come. Not while a board is being worked at."""
        app = self.lovhe
        if app.teaching is None or any(getattr(screen, "job", None) is not None for screen in app.screen_stack):
            return
        if app.teaching.idle_s(app.keys_typed, app.mouse_position, time.monotonic()) > app.settings.idle_min * 60:
            app.end_teaching()

    def do(self, work: Callable[[], Sequence[Text]]) -> None:
        """Do it in a thread, then show the sentences that it gives."""

        def tell(sentences: Sequence[Text]) -> None:
            self.lovhe.clear_notifications()  # the moment is over
            self.lovhe.push_screen(Letter(sentences))

        self.lovhe.say(N_("One moment …"))
        self.find_out(work, tell)

    def find_out(self, work: Callable[[], Answer], tell: Callable[[Answer], object]) -> None:
        """Do `work` in a thread, and hand `tell` what it gives, if the teacher is still here; a problem is told."""

        def if_here(then: Callable[[], object]) -> None:
            if self.is_attached and self.lovhe.teaching is not None:
                then()

        def in_thread() -> None:
            try:
                answer = work()
            except LovheError as problem:
                then: Callable[[], object] = partial(self.lovhe.tell_problem, problem)
            except Exception:
                log.exception("%s failed in an unforeseen way", type(self).__name__)
                then = partial(self.lovhe.tell_problem, unforeseen())
            else:
                then = partial(tell, answer)
            self.lovhe.call_from_thread(if_here, then)

        self.run_worker(in_thread, thread=True, exit_on_error=False)

    def action_back(self) -> None:
        """Escape."""
        self.dismiss()
