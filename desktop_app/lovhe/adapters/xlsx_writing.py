"""Tables as .xlsx files, by XlsxWriter: texts are written as texts, so that nothing in them is a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from lovhe.core.tables import Sheet

_MOST_TITLE_LETTERS = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FEWEST_COLUMN_LETTERS, _MOST_COLUMN_LETTERS = 6, 40


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of these sheets, in their order; headings are bold and stay in sight."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(_NOT_IN_TITLES.sub(" ", sheet.title)[:_MOST_TITLE_LETTERS])
            page.freeze_panes(sheet.heading_rows, 0)
            for row_number, row in enumerate(sheet.rows):
                form = bold if row_number < sheet.heading_rows else None
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(row_number, column, _NOT_IN_XML.sub("\ufffd", cell), form)
                    elif cell is not None:
                        page.write_number(row_number, column, cell, form)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
    return file.getvalue()


def _widths(sheet: Sheet) -> list[int]:
    """In letters: as wide as what stands below the headings, which may be folded."""
    columns = max(map(len, sheet.rows), default=0)
    below = [[len(str(row[column])) for row in sheet.rows[sheet.heading_rows :] if column < len(row)] for column in range(columns)]
    return [min(max(_FEWEST_COLUMN_LETTERS, *lengths, 0) + 2, _MOST_COLUMN_LETTERS) for lengths in below]
