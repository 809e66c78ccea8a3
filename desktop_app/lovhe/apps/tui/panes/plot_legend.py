"""The names of a plot's series with their last values, in the room that there is."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from lovhe.core.plots.axis import value_text
from lovhe.core.plots.view import Trace

SIGNS = ("o", "x", "+", "*", "#", "@", "%", "&")
"""In every console; the series' lines carry them, too."""
ON_DARK = ("#6cb8ff", "#ffb347", "#5fdba7", "#f08cd0", "#f2e55c", "#ffffff", "#b8a4ff", "#ff8f8f")
ON_LIGHT = ("#0060a8", "#a84300", "#00684d", "#8c2770", "#665000", "#000000", "#4c2fa3", "#a01010")
WIDE, NARROW = 22, 17
"""Columns of an entry: alone in its line, and where two share one."""
_VALUE = 8


def legend_width(count: int, rows: int, width: int) -> int:
    """The columns of a legend of so many entries in so many rows of a pane of this width."""
    if not count:
        return 0
    if count > rows and width >= 4 * NARROW:
        return 2 * NARROW
    return WIDE if width >= 3 * WIDE else NARROW


def legend(traces: Sequence[Trace], rows: int, width: int, colours: Sequence[str], decimal_mark: str) -> Text:
    """The entries, sign and name and value, in one column or two."""
    columns = 2 if width >= 2 * NARROW else 1
    lines = [Text() for _ in range(-(-len(traces) // columns))]
    for place, trace in enumerate(traces):
        lines[place % len(lines)].append_text(_entry(trace, width // columns, colours[trace.number], decimal_mark))
    if len(lines) > rows > 0:
        lines = [*lines[: rows - 1], Text(f" +{len(lines) - rows + 1} …")]
    return Text("\n").join(lines)


def _entry(trace: Trace, width: int, colour: str, decimal_mark: str) -> Text:
    value = "" if trace.last is None else value_text(trace.last, decimal_mark)[:_VALUE]
    room = width - 4 - cell_len(value)
    name = trace.name if cell_len(trace.name) <= room else set_cell_size(trace.name, room - 1) + "…"
    text = Text(f" {SIGNS[trace.number]} ", style=f"bold {colour}")
    text.append(set_cell_size(name, room), style=colour)
    text.append(f" {value}"[: width - 3 - room].rjust(width - 3 - room), style="bold")
    return text
