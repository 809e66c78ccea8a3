"""A line for the time of a run: how far it is, moved by the arrow keys or a click."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from lovhe.apps.language import key, number, t
from lovhe.apps.terminal_drawings import drawn_gauge
from lovhe.apps.tui.drawing import screen_glyphs
from lovhe.core.messages import N_

_LEAST = 10


class TimeLine(Widget, can_focus=True):
    """Times in milliseconds after the program began."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "go('before')", key("What happened before"), id="replay.before", show=False),
        Binding("right", "go('next')", key("What happens next"), id="replay.after", show=False),
        Binding("pageup", "go('back')", key("A tenth back"), id="replay.back", show=False),
        Binding("pagedown", "go('on')", key("A tenth on"), id="replay.on", show=False),
        Binding("home", "go('begin')", key("To the begin"), id="replay.begin", show=False),
        Binding("end", "go('end')", key("To the end"), id="replay.end", show=False),
    ]

    class Asked(Message):
        """Somebody wants to go: `where` is a word of the keys above, or `t_ms` is the moment."""

        def __init__(self, where: str, t_ms: int = 0) -> None:
            super().__init__()
            self.where, self.t_ms = where, t_ms

    def __init__(self) -> None:
        super().__init__(id="time-line")
        self._t_ms = self._end_ms = 0

    def show(self, t_ms: int, end_ms: int) -> None:
        """This moment, of so many."""
        self._t_ms, self._end_ms = t_ms, end_ms
        self.refresh()

    def render(self) -> Text:
        mark = screen_glyphs().arrow if self.has_focus else " "
        line = Text(f"{mark} ", style="bold reverse" if self.has_focus else "")
        line.append(drawn_gauge(self._t_ms, 0, max(self._end_ms, 1), self._width, screen_glyphs()))
        return line.append(f" {self._told}")

    def action_go(self, where: str) -> None:
        """A key."""
        self.post_message(self.Asked(where))

    def on_click(self, event: events.Click) -> None:
        """The mouse."""
        share = (event.x - 3) / max(self._width - 3, 1)
        self.post_message(self.Asked("", round(min(max(share, 0.0), 1.0) * self._end_ms)))

    @property
    def _told(self) -> str:
        return t(N_("{now} s of {end} s", now=number(self._t_ms / 1000, ".2f"), end=number(self._end_ms / 1000, ".2f")))

    @property
    def _width(self) -> int:
        return max(self.size.width - cell_len(self._told) - 4, _LEAST)
