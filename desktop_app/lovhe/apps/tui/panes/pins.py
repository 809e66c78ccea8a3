"""The pins and parts of the board in use, as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.text import Text
from textual.widgets import Static

from lovhe.apps.board_view import world_lines
from lovhe.apps.language import key, number, t
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.core.shown_text import harmless

_LEAST = 20


class PinsView(Static):
    """Drawn anew only when something has changed."""

    def __init__(self) -> None:
        super().__init__(id="pins", markup=False)
        self._shown: Text | None = None
        self._world: Mapping[str, Any] | None = None

    def show(self, world: Mapping[str, Any] | None) -> None:
        """A snapshot, or what is known of a real board in its form; None where there is nothing to show."""
        self._world = world
        drawn = self._drawn()
        if self._shown is None or drawn.plain != self._shown.plain or drawn.spans != self._shown.spans:
            self._shown = drawn
            self.update(drawn)

    def on_resize(self) -> None:
        """Other columns."""
        self.show(self._world)

    def _drawn(self) -> Text:
        if self._world is None:
            return Text()
        lines = world_lines(self._world, max(self.size.width, _LEAST), screen_glyphs())
        lines += [Text(f"{harmless(str(name))}: {_shown(value)}") for name, value in self._world.get("readings", {}).items()]
        return Text("\n").join(lines) if lines else Text(t(key("Nothing is wired to this board.")))


def _shown(value: object) -> str:
    return number(value, "g") if isinstance(value, int | float) and not isinstance(value, bool) else harmless(str(value))
