"""Marks that go to a spreadsheet program come back from it as the same numbers and texts."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from lovhe.adapters.xlsx_writing import xlsx_bytes
from lovhe.core.tables import Cell, Sheet, csv_bytes

ROWS: list[list[Cell]] = [
    ["№", "Ad", "6-01 Yanıb-sönən işıq", "Cəmi"],
    [None, "Maksimum", 24, 24],
    [1, "Şəbnəm", 17, 17],
    [2, '=HYPERLINK("http://x")', None, 0],
    [3, "+994501234567", 24, 24],
    [4, "@Əli", 9, 9],
    [5, "Артём", 0, 0],
]
SHEETS = [Sheet("Dərslər", ROWS, heading_rows=2), Sheet("Rəqəmsal [bacarıqlar]: " + "x" * 40, ROWS[:2])]
OFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this system")


def test_numbers_stay_numbers_and_no_text_becomes_a_formula() -> None:
    """As another library reads them; a sheet's name is what Excel allows."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(SHEETS)))
    assert [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()] == ROWS
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row if isinstance(cell.value, str)} == {"s"}
    assert book.sheetnames[1].startswith("Rəqəmsal  bacarıqlar")
    assert book.worksheets[0].freeze_panes == "A3"


def test_what_no_file_of_excel_may_hold_is_replaced() -> None:
    """A control character in a board's name, for example."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([Sheet("x", [["a\x07b\ufffe"]])])))
    assert book.worksheets[0]["A1"].value == "a\ufffdb\ufffd"


@pytest.mark.parametrize(("mark", "separator"), [(",", ";"), (".", ",")])
def test_a_text_table_is_parted_as_excel_expects_it(mark: str, separator: str) -> None:
    """In a language with a decimal comma by semicolons; what would be a formula has an apostrophe before it."""
    text = csv_bytes(SHEETS[0], mark).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    assert [row[2:] for row in rows[2:]] == [["17", "17"], ["", "0"], ["24", "24"], ["9", "9"], ["0", "0"]]
    assert [row[1] for row in rows[2:]] == ["Şəbnəm", "'" + '=HYPERLINK("http://x")', "'+994501234567", "'@Əli", "Артём"]


def _opened(file: Path, sheet: int, options: str = "") -> list[list[str]]:
    """A file as LibreOffice understands it: saved by it as text, texts in quotation marks, numbers without."""
    assert OFFICE is not None
    out = file.parent / "opened"
    export = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,{sheet}"
    words = [
        OFFICE,
        "--headless",
        f"-env:UserInstallation={(file.parent / 'profile').as_uri()}",
        *([f"--infilter={options}"] if options else []),
    ]
    subprocess.run([*words, "--convert-to", export, "--outdir", out, file], check=True, capture_output=True, timeout=100)
    [text] = out.glob("*.csv")
    return [line.split(",") for line in text.read_text(encoding="utf-8").splitlines()]


def _quoted(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    return [
        ['"' + cell.replace('"', '""') + '"' if isinstance(cell, str) else "" if cell is None else str(cell) for cell in row]
        for row in rows
    ]


@needs_libreoffice
def test_a_real_spreadsheet_program_gives_the_same_numbers_back(tmp_path: Path) -> None:
    """LibreOffice opens the workbook; its numbers are numbers, its texts are texts."""
    file = tmp_path / "marks.xlsx"
    file.write_bytes(xlsx_bytes(SHEETS))
    assert _opened(file, 1) == _quoted(ROWS)


@needs_libreoffice
def test_a_real_spreadsheet_program_reads_the_text_table(tmp_path: Path) -> None:
    """In UTF-8, parted by semicolons, as it offers of itself."""
    file = tmp_path / "table.csv"
    file.write_bytes(csv_bytes(SHEETS[0], ","))
    found = _opened(file, 0, "Text - txt - csv (StarCalc):59,34,76,1,,0,false,true")
    assert [row[2:] for row in found] == [row[2:] for row in _quoted(ROWS)]
    assert [row[1] for row in found[2:]] == ['"Şəbnəm"', '"\'=HYPERLINK(""http://x"")"', '"\'+994501234567"', '"\'@Əli"', '"Артём"']
