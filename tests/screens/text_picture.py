"""What stands on the screen as text, so that whoever translates or teaches can read in a commit what has changed."""

from __future__ import annotations

import difflib
from itertools import groupby

from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.widget import Widget
from textual.widgets import Input, TextArea

Cell = tuple[str, bool]
"""A character and whether it stands out: reversed, or on the ground of what is chosen."""

_EMPTY = " ▁▂▃▄▅▆▇█"
"""Of these are the scrollbars."""
_GROUNDS = ("block-cursor-background", "block-cursor-blurred-background")


def text_picture(app: App[None]) -> str:
    """The characters line by line without the spaces at the end, then what stands out, then where the keys go."""
    rows = _rows(app)
    lines = ["".join(letter for letter, _ in row).rstrip() for row in rows]
    width, height = app.size
    said = [f"== {width} × {height} ==", *lines, "== stands out =="]
    for number, row in enumerate(rows, 1):
        said += [f"{number:>2}: {run}" for run in _standing_out(row)]
    said += ["== the keys go to ==", _name(app.focused)]
    return "\n".join(said) + "\n"


def difference(expected: str, seen: str, name: str) -> str:
    """What has changed, line by line."""
    lines = difflib.unified_diff(expected.splitlines(), seen.splitlines(), f"{name} (kept)", f"{name} (now)", n=2, lineterm="")
    return "\n".join(lines)


def _rows(app: App[None]) -> list[list[Cell]]:
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(update, LayoutUpdate)
    colours = app.theme_variables
    grounds = {colours[name].lower() for name in _GROUNDS}
    return [[cell for strip in line for segment in strip for cell in _cells(segment, grounds)] for line in update.strips]


def _cells(segment: Segment, grounds: set[str]) -> list[Cell]:
    style = segment.style
    ground = style.bgcolor.get_truecolor().hex.lower() if style is not None and style.bgcolor is not None else ""
    out = style is not None and (bool(style.reverse) or ground in grounds)
    return [(letter, out) for letter in segment.text]


def _standing_out(row: list[Cell]) -> list[str]:
    runs = ("".join(letter for letter, _ in run) for out, run in groupby(row, key=lambda cell: cell[1]) if out)
    return [f"[{run.strip()}]" for run in runs if run.strip(_EMPTY)]


def _name(widget: Widget | None) -> str:
    if widget is None:
        return "nothing"
    named = f" #{widget.id}" if widget.id else ""
    x, y, width, height = widget.region
    place = f"{type(widget).__name__}{named}, line {y + 1}, column {x + 1}, {width} × {height}"
    if isinstance(widget, TextArea | Input):
        at = widget.cursor_screen_offset
        place += f"; the cursor in line {at.y + 1}, column {at.x + 1}"
    return place
