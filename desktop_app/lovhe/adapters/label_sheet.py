"""Sheets of stickers as PDF (fpdf2) and SVG, with QR codes as vectors (segno)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lovhe.adapters.label_fonts import find_font
from lovhe.core.boards.labels import QUIET_MODULES, PlacedLabel, runs
from lovhe.core.errors import UnavailableError
from lovhe.core.messages import N_
from lovhe.core.paper.sheet import PAGE_HEIGHT_MM, PAGE_WIDTH_MM

if TYPE_CHECKING:
    from fpdf import FPDF

_CUT_LINE_GREY = 190
_CUT_LINE_MM = 0.1
_PT_PER_MM = 72 / 25.4
_SVG_FONTS = "Arial, 'Liberation Sans', 'DejaVu Sans', 'Noto Sans', sans-serif"


def qr_matrix(text: str) -> tuple[bytearray, ...]:
    """The modules of `text`'s QR code, without a quiet zone: 1 is dark. A quarter of them may be scratched off (level Q)."""
    import segno

    # Without a word about it, Cyrillic letters may be written as Japanese two-byte ones, which few phones show.
    encoding = None if text.isascii() else "utf-8"
    return segno.make(text, error="q", micro=False, boost_error=False, encoding=encoding).matrix


def pdf_sheet(pages: Sequence[Sequence[PlacedLabel]], font_folders: Sequence[Path] | None = None) -> bytes:
    """All pages as one PDF of A4 pages.

    A font is embedded where the names need one. Raises `UnavailableError` where they do and no font of this PC has their letters.
    """
    from fpdf import FPDF

    pdf = FPDF(unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_title("Lövhə")
    font = _use_font(pdf, {str(placed.label.name) for page in pages for placed in page}, font_folders)
    for page in pages:
        pdf.add_page()
        pdf.set_draw_color(_CUT_LINE_GREY)
        pdf.set_line_width(_CUT_LINE_MM)
        for placed in page:
            _draw(pdf, placed, font)
    return bytes(pdf.output())


def _use_font(pdf: FPDF, names: set[str], folders: Sequence[Path] | None) -> str:
    """The family to write with: one that every PDF reader has, or one that goes along."""
    try:
        "".join(names).encode("latin-1")
    except UnicodeEncodeError:
        path = find_font("".join(sorted({letter for name in names for letter in name} | set("0123456789ABCDEF:-"))), folders)
        if path is None:
            raise UnavailableError(
                N_("No font of this PC has all the letters of {name}, so the stickers cannot be written as PDF.", name=max(names)),
                N_("Write them as SVG, with a file name that ends in .svg, and print that from a browser."),
            ) from None
        pdf.add_font("labels", "B", path)
        return "labels"
    return "helvetica"


def _draw(pdf: FPDF, placed: PlacedLabel, font: str) -> None:
    pdf.rect(placed.x_mm, placed.y_mm, placed.width_mm, placed.height_mm)
    with pdf.new_path() as path:
        path.style.fill_color = "#000000"
        path.style.stroke_color = None
        for x, y, length, module in _dark(placed):
            path.rectangle(x, y, length, module)
    name = str(placed.label.name)
    pdf.set_font(font, "B", placed.name_mm * _PT_PER_MM)
    too_wide = pdf.get_string_width(name) / placed.text_width_mm
    if too_wide > 1:
        pdf.set_font_size(placed.name_mm * _PT_PER_MM / too_wide)
    pdf.text(placed.text_x_mm, placed.name_y_mm, name)
    if placed.label.note:
        pdf.set_font(font, "B", placed.note_mm * _PT_PER_MM)
        pdf.text(placed.text_x_mm, placed.note_y_mm, placed.label.note)


def svg_sheet(page: Sequence[PlacedLabel]) -> str:
    """One page as SVG of A4's size; a browser prints it."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PAGE_WIDTH_MM:g}mm" height="{PAGE_HEIGHT_MM:g}mm" '
        f'viewBox="0 0 {PAGE_WIDTH_MM:g} {PAGE_HEIGHT_MM:g}" font-family="{_SVG_FONTS}" font-weight="bold">',
        "<style>@page { size: A4; margin: 0 }</style>",
        f'<rect width="{PAGE_WIDTH_MM:g}" height="{PAGE_HEIGHT_MM:g}" fill="#fff"/>',
    ]
    for placed in page:
        lines += _svg_label(placed)
    return "\n".join([*lines, "</svg>", ""])


def _svg_label(placed: PlacedLabel) -> list[str]:
    grey = f"#{_CUT_LINE_GREY:02x}{_CUT_LINE_GREY:02x}{_CUT_LINE_GREY:02x}"
    modules = "".join(f"M{x:.4f} {y:.4f}h{length:.4f}v{module:.4f}h-{length:.4f}z" for x, y, length, module in _dark(placed))
    lines = [
        f'<rect x="{placed.x_mm:.3f}" y="{placed.y_mm:.3f}" width="{placed.width_mm:g}" height="{placed.height_mm:g}" '
        f'fill="none" stroke="{grey}" stroke-width="{_CUT_LINE_MM}"/>',
        f'<path shape-rendering="crispEdges" d="{modules}"/>',
        _svg_text(placed.text_x_mm, placed.name_y_mm, placed.name_mm, str(placed.label.name)),
    ]
    if placed.label.note:
        lines.append(_svg_text(placed.text_x_mm, placed.note_y_mm, placed.note_mm, placed.label.note))
    return lines


def _svg_text(x_mm: float, y_mm: float, size_mm: float, text: str) -> str:
    return f'<text x="{x_mm:.3f}" y="{y_mm:.3f}" font-size="{size_mm:.3f}">{escape(text)}</text>'


def _dark(placed: PlacedLabel) -> list[tuple[float, float, float, float]]:
    """The dark stretches of the sticker's QR code: x, y, length, height, in mm on the page."""
    matrix = qr_matrix(placed.label.code)
    module = placed.code_mm / (len(matrix) + 2 * QUIET_MODULES)
    left, top = placed.code_x_mm + QUIET_MODULES * module, placed.code_y_mm + QUIET_MODULES * module
    return [
        (left + begin * module, top + at * module, count * module, module) for at, row in enumerate(matrix) for begin, count in runs(row)
    ]
