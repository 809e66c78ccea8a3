"""Tables of the teacher's side."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.widgets import DataTable


def refill(table: DataTable[str], heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Show these rows, each column as wide as its widest cell: Textual, left to find that out, at times takes the heading's width."""
    table.clear(columns=True)
    for head, *column in zip(heads, *rows, strict=True):
        table.add_column(head, width=max(map(cell_len, (head, *column))))
    table.add_rows(rows)
