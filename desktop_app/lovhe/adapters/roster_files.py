"""Class lists as teachers have them, from Excel or as text: told apart by what is in the file, whatever its name ends with."""

from __future__ import annotations

from lovhe.adapters.spreadsheets import OLD_EXCEL_BEGIN, ZIP_BEGIN, read_xlsx
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.roster_lists import ClassList, class_lists
from lovhe.core.pupils.roster_text import no_list, read_text_table

_OTHER_BEGINS = (b"%PDF", b"{\\rtf", b"<")  # documents and web pages, which e-registers give out under Excel's name


def read_roster(data: bytes, file: str) -> list[ClassList]:
    """The class lists in a file of this name; its surnames and other columns are left where they are.

    Raises `InputError`, with the line where there is one.
    """
    if data.startswith(OLD_EXCEL_BEGIN):
        raise InputError(
            N_("{file} is in the format of old Excel (.xls).", file=file),
            N_("Open it in Excel or LibreOffice, choose “Save as” and there .xlsx, then give the new file."),
        )
    if data.lstrip(b"\xef\xbb\xbf \r\n").startswith(_OTHER_BEGINS):
        raise no_list(file)
    tables = read_xlsx(data, file) if data.startswith(ZIP_BEGIN) else [read_text_table(data, file)]
    return class_lists(tables, file)
