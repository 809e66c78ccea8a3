"""A place that stays in view while what stands above and below it changes."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen
from textual.widget import Widget


class Aim:
    """Scrolls `view` to a line of it after each layout, from `take` until somebody scrolls it himself.

    Once, after the next refresh, would not do: the screen may refresh before all changed widgets have asked it for a layout.
    """

    def __init__(self, view: Widget, line: Callable[[], float | None]) -> None:
        self._view, self._line = view, line
        self._taken = False
        self._left_at: float | None = None
        view.screen.screen_layout_refresh_signal.subscribe(view, self._laid_out)

    def take(self) -> None:
        """From the next layout on, wherever the view was scrolled to."""
        self._taken, self._left_at = True, None

    def _laid_out(self, _: Screen[object]) -> None:
        view = self._view
        if self._left_at is not None and round(view.scroll_y) != min(round(self._left_at), view.max_scroll_y):
            self._taken = False
        line = self._line() if self._taken else None
        if line is not None:
            if round(line) != round(view.scroll_y):
                view.scroll_to(y=line, animate=False, immediate=True)
            self._left_at = view.scroll_y
