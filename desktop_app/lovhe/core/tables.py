"""Tables that go to a spreadsheet program: numbers as numbers, and no text that it would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import msgspec

Cell = str | int | None

BOM = b"\xef\xbb\xbf"
"""Without it Excel garbles every ə and ş."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Sheet(msgspec.Struct, frozen=True):
    """One table. The first `heading_rows` of `rows` are headings; None is an empty cell."""

    title: str
    rows: Sequence[Sequence[Cell]]
    heading_rows: int = 1


def csv_bytes(sheet: Sheet, decimal_mark: str = ".") -> bytes:
    """The whole file, in UTF-8 with a byte order mark, parted as Excel expects it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator(decimal_mark))
    writer.writerows([defused(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows)
    return BOM + text.getvalue().encode("utf-8", errors="replace")


def separator(decimal_mark: str) -> str:
    """What parts columns: where the decimal mark is a comma, Excel takes semicolons."""
    return ";" if decimal_mark == "," else ","


def defused(cell: str) -> str:
    """A text that a spreadsheet would run as a formula, made a text by an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
