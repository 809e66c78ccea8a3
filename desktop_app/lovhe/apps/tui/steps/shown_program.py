"""A program that is only looked at: coloured, with the numbers of its lines."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import ScrollableContainer
from textual.widgets import Static

from lovhe.apps.tui.panes.program_colours import coloured_lines


class ShownProgram(ScrollableContainer, can_focus=False):
    """Wide lines scroll sideways."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source

    def compose(self) -> ComposeResult:
        yield Static(numbered(self._source, dark=self.app.current_theme.dark))


def numbered(source: str, *, dark: bool) -> Text:
    """The program with the numbers of its lines."""
    lines = coloured_lines(source, dark=dark)
    width = len(str(len(lines)))
    whole = Text(no_wrap=True, overflow="ignore")
    for number, line in enumerate(lines, 1):
        whole.append(f"{number:>{width}} ", "dim").append_text(line)
        if number < len(lines):
            whole.append("\n")
    return whole
