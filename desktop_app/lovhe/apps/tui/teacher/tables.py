"""Tables of the teacher's side."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.widgets import DataTable

from lovhe.apps.tui.fitted_text import shortened

_LEAST, _GAP, _SCROLLBAR = 14, 2, 2


def refill(table: DataTable[str], heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Show these rows, each column as wide as its widest cell: Textual, left to find that out, at times takes the heading's width."""
    table.clear(columns=True)
    for head, *column in zip(heads, *rows, strict=True):
        table.add_column(head, width=max(map(cell_len, (head, *column))))
    table.add_rows(rows)


def fitted(heads: Sequence[str], rows: Sequence[Sequence[str]], column: int, width: int) -> list[list[str]]:
    """The rows with one column shortened so that all columns have room on a screen so wide."""
    widths = [max(map(cell_len, cells)) + _GAP for cells in zip(heads, *rows, strict=True)]
    room = max(width - sum(widths) + widths[column] - _GAP - _SCROLLBAR, _LEAST)
    return [[*row[:column], shortened(row[column], room), *row[column + 1 :]] for row in rows]
