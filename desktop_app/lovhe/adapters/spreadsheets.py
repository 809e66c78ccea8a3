"""Tables out of .xlsx files, by openpyxl, which reads row by row; what such a file can do to a PC is bounded before it is opened."""

from __future__ import annotations

import io
import logging
import warnings
import zipfile

from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.roster_text import MOST_ROWS, Row, Table, no_list, tidy, too_long

log = logging.getLogger(__name__)

ZIP_BEGIN = b"PK\x03\x04"
OLD_EXCEL_BEGIN = bytes.fromhex("d0cf11e0a1b11ae1")

_MOST_UNPACKED_BYTES = 50 << 20
_MOST_COLUMNS = 64
_MOST_SHEETS = 200


def read_xlsx(data: bytes, file: str) -> list[Table]:
    """The tables of all sheets that are shown, in their order; cells as texts, of formulas their values. Raises `InputError`."""
    _check_size(data, file)
    import openpyxl  # slow to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that it does not know
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                sheets = [sheet for sheet in book.worksheets[:_MOST_SHEETS] if sheet.sheet_state == "visible"]
                return [Table(sheet.title, _rows(sheet, file)) for sheet in sheets]
            finally:
                book.close()
    except InputError:
        raise
    except Exception as problem:  # a damaged file makes openpyxl, and what it builds on, raise anything
        log.info("%s", file, exc_info=problem)
        raise _damaged(file) from problem


def _rows(sheet: object, file: str) -> list[Row]:
    rows = []
    # One row more than there may be, as the header; cells far to the right are nobody's names.
    for number, cells in enumerate(sheet.iter_rows(max_row=2 * MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True), 1):  # type: ignore[attr-defined]
        row = Row(number, tuple(map(_text, cells)))
        if any(row.cells):
            rows.append(row)
    if len(rows) > MOST_ROWS:
        raise too_long(file)
    return rows


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value))


def _check_size(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise _damaged(file) from problem
    if sum(part.file_size for part in parts) > _MOST_UNPACKED_BYTES:
        raise too_long(file)
    if not any(part.filename.startswith("xl/") for part in parts):
        raise no_list(file)


def _damaged(file: str) -> InputError:
    return InputError(
        N_("The Excel file {file} is damaged.", file=file),
        N_("Copy it anew from where it comes from. If Excel still opens it, save it there as “CSV UTF-8”."),
    )
