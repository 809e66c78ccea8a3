"""No widget keeps the size of what it showed before."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widget import Widget


def measure_whoever_changes(screen: Screen[Any]) -> None:
    """See to it that each change of a widget on `screen` is measured, from now on.

    Textual 8.2 counts the changes of a widget up to the moment at which it asks for a layout as one. A widget that is changed, measured
    because another one asked, and changed once more would keep the size of the first change: a text is cut off, or leaves lines empty.
    """
    screen.screen_layout_refresh_signal.subscribe(screen, _count_once_more, immediate=True)


def _count_once_more(screen: Screen[Any]) -> None:
    for widget in screen.walk_children(Widget):
        if widget._layout_required:  # it was measured, but has yet to ask
            widget._layout_updates += 1
