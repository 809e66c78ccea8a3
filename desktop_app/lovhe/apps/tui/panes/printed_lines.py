"""The lines that a program printed, as a widget: what comes is drawn without the whole screen being laid out anew for it."""

from __future__ import annotations

from typing import ClassVar

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Log


class PrintedLines(Log):
    """A `Log` that has its place whatever it holds, as in a panel: more lines change its scroll bars and nothing around it.

    A program that prints without a pause would have the screen laid out ten times a second, which takes longer than all else that
    showing its lines does.
    """

    virtual_size: ClassVar[Reactive[Size]] = Reactive(Size(0, 0), layout=False)  # type: ignore[misc]

    def watch_virtual_size(self, size: Size) -> None:
        """There is more, or less, to scroll through."""
        self._scroll_update(size)
