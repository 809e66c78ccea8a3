"""Sheets as PDF, read back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lovhe.adapters.pdf_paper import PdfPaper
from lovhe.core.errors import UnavailableError
from lovhe.core.paper.sheet import Box, Sheet, WidthOf, Words

from tests.box_font import box_font
from tests.pdf_words import pdf_pages

LETTERS = " AaƏəĞğIıİiÖöŞşÜüÇçАаЯяЁё0123456789…–"


def _sheets(width_of: WidthOf) -> list[Sheet]:
    assert width_of("Əə", 10.0, True) == pytest.approx(12.0)
    return [[Words(20, 30, "Əğş", 5, bold=True), Box(20, 40, 10, 2, filled=True)], [Words(190, 30, "Яё (", 5, against="right")]]


def test_each_sheet_is_a_page_with_its_words(tmp_path: Path) -> None:
    """In any letters that are used here; what stands against the right ends there."""
    box_font(tmp_path / "DejaVuSans.ttf", f"{LETTERS}(")
    data = PdfPaper("Əğş Яё (", [tmp_path]).pdf(_sheets)
    (tmp_path / "a.pdf").write_bytes(data)
    assert pdf_pages(tmp_path / "a.pdf") == [["Əğş"], ["Яё ("]]
    assert set(re.findall(rb"/MediaBox\s*\[0 0 ([0-9. ]+)\]", data)) == {b"595.28 841.89"}


def test_a_letter_that_no_font_has_stops_nobody(tmp_path: Path) -> None:
    """Nor does one in the reason of a single pupil."""
    box_font(tmp_path / "DejaVuSans.ttf", LETTERS)
    assert PdfPaper("Əğş Яё 漢", [tmp_path]).pdf(_sheets).startswith(b"%PDF-")


def test_without_a_font_for_these_languages_it_is_told(tmp_path: Path) -> None:
    """Better than a page of boxes."""
    box_font(tmp_path / "arial.ttf", "ABCabc ")
    with pytest.raises(UnavailableError, match="DejaVu"):
        PdfPaper("Əğş", [tmp_path])
