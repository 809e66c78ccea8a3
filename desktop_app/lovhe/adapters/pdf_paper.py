"""Sheets of paper as PDF (fpdf2), in a font of this PC that goes along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lovhe.adapters.label_fonts import find_font
from lovhe.core.errors import UnavailableError
from lovhe.core.messages import N_
from lovhe.core.paper.sheet import Box, Sheet, WidthOf, Words

if TYPE_CHECKING:
    from fpdf import FPDF

_PT_PER_MM = 72 / 25.4
_OURS = "AaƏəĞğIıİiÖöŞşÜüÇçАаЯяЁё0123456789…–"
"""Letters that a font must have: one that lacks others shows boxes for these."""
_GREY = 110
_LINE_MM = 0.15


class PdfPaper:
    """Writes PDFs with the letters of `text`. Looks for fonts once: that takes some tenths of a second."""

    def __init__(self, text: str, folders: Sequence[Path] | None = None) -> None:
        """Raises `UnavailableError` where this PC has no font that can be used."""
        letters = "".join(sorted(set(text) - {"\n"}))
        self._fonts: dict[bool, Path] = {}
        for bold in (False, True):
            path = find_font(letters, folders, bold=bold) or find_font(_OURS, folders, bold=bold)
            if path is None:
                raise UnavailableError(
                    N_("No font of this PC has the letters of Azerbaijani and Russian, so no PDF can be written."),
                    N_("Install one, such as DejaVu Sans or Arial, then try again."),
                )
            self._fonts[bold] = path

    def pdf(self, lay_out: Callable[[WidthOf], Sequence[Sheet]]) -> bytes:
        """The whole file. `lay_out` makes the sheets, knowing how wide words are."""
        from fpdf import FPDF

        pdf = FPDF(unit="mm", format="A4")
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        pdf.set_title("Lövhə")
        for bold, path in self._fonts.items():
            pdf.add_font("paper", "B" if bold else "", path)

        @cache
        def letter_width(letter: str, bold: bool) -> float:
            _use(pdf, 1.0, bold)
            return pdf.get_string_width(letter)

        def width_of(text: str, size_mm: float, bold: bool) -> float:
            return size_mm * sum(letter_width(letter, bold) for letter in text)

        for sheet in lay_out(width_of):
            pdf.add_page()
            pdf.set_line_width(_LINE_MM)
            pdf.set_draw_color(_GREY)
            pdf.set_fill_color(_GREY)
            for item in sheet:
                _draw(pdf, item)
        return bytes(pdf.output())


def _draw(pdf: FPDF, item: Words | Box) -> None:
    match item:
        case Box(x_mm, y_mm, width_mm, height_mm, filled):
            pdf.rect(x_mm, y_mm, width_mm, height_mm, "F" if filled else "D")
        case Words(x_mm, y_mm, text, size_mm, bold, against) if text:
            _use(pdf, size_mm, bold)
            pdf.text(x_mm - (pdf.get_string_width(text) if against == "right" else 0), y_mm, text)


def _use(pdf: FPDF, size_mm: float, bold: bool) -> None:
    pdf.set_font("paper", "B" if bold else "", size_mm * _PT_PER_MM)
