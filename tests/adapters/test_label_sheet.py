"""Sheets of stickers as files: the QR codes as they are drawn there are read back module by module."""

from __future__ import annotations

import re
import zlib
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

import pytest
import segno
from lovhe.adapters.label_fonts import find_font
from lovhe.adapters.label_sheet import pdf_sheet, qr_matrix, svg_sheet
from lovhe.core.boards.labels import QUIET_MODULES, SHEETS, Label, PlacedLabel, place_labels
from lovhe.core.boards.names import BoardName
from lovhe.core.errors import UnavailableError

from tests.box_font import box_font

NAMESPACE = "{http://www.w3.org/2000/svg}"
Stretch = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A folder with a font of boxes for the letters of schools here, whatever fonts this PC has."""
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "below").mkdir()
    box_font(folder / "below" / "DejaVuSans-Bold.ttf", "ABCDEFGHIJKLMNOPQRSTUVWXYZƏÖÜĞÇŞİАБВГДЕЖ0123456789:-")
    return [folder]


def pages_of(count: int, class_name: str = "7A", sheet: str = "70x37") -> list[list[PlacedLabel]]:
    """Stickers of a class set, of which every seventh board has not been flashed yet."""
    names = [BoardName(class_name, number) for number in range(1, count + 1)]
    return place_labels([Label(name, "" if name.number % 7 == 0 else f"24:0a:c4:00:00:{name.number:02x}") for name in names], SHEETS[sheet])


def matrix_of(drawn: list[Stretch]) -> tuple[bytearray, ...]:
    """The modules that have been drawn as rectangles."""
    left, top, module = min(x for x, *_ in drawn), min(y for _, y, *_ in drawn), drawn[0][3]
    size = round(max(x + length - left for x, _, length, _ in drawn) / module)
    rows = tuple(bytearray(size) for _ in range(size))
    for x, y, length, height in drawn:
        assert height == pytest.approx(module, abs=1e-3)
        row, begin, count = (y - top) / module, (x - left) / module, length / module
        assert max(abs(value - round(value)) for value in (row, begin, count)) < 0.02
        rows[round(row)][round(begin) : round(begin) + round(count)] = b"\1" * round(count)
    return rows


def assert_right(drawn: list[Stretch], placed: PlacedLabel) -> None:
    """The code says what the sticker's should, at its place, and four modules beside it stay empty up to text and cut."""
    assert matrix_of(drawn) == qr_matrix(placed.label.code)
    quiet = QUIET_MODULES * drawn[0][3] - 1e-3
    assert placed.x_mm <= min(x for x, *_ in drawn) - quiet
    assert placed.y_mm <= min(y for _, y, *_ in drawn) - quiet
    assert max(x + length for x, _, length, _ in drawn) + quiet <= placed.text_x_mm
    assert max(y + height for _, y, _, height in drawn) + quiet <= placed.y_mm + placed.height_mm


def codes_in_pdf(pdf: bytes) -> list[list[list[Stretch]]]:
    """For each page, the rectangles of each QR code, in mm."""
    contents = [zlib.decompress(stream) for stream in re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", pdf, re.DOTALL)]
    pages = [content.decode("latin-1") for content in contents if b" re f Q" in content]
    number = r"(-?[0-9.]+) "
    return [
        [
            [tuple(map(float, found)) for found in re.findall(number * 4 + "re", path)]  # type: ignore[misc]
            for path in re.findall(r"q 2\.8346 .*? re f Q", page, re.DOTALL)
        ]
        for page in pages
    ]


@pytest.mark.parametrize("class_name", ["7A", "7Ə", "10Б"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_codes_of_a_pdf_say_what_the_stickers_should(class_name: str, sheet: str, fonts: list[Path]) -> None:
    """31 boards: every page, every sticker, in order."""
    pages = pages_of(31, class_name, sheet)
    pdf = pdf_sheet(pages, fonts)
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(pages)
    assert set(re.findall(rb"/MediaBox\s*\[0 0 ([0-9. ]+)\]", pdf)) == {b"595.28 841.89"}
    drawn = codes_in_pdf(pdf)
    assert [len(page) for page in drawn] == [len(page) for page in pages]
    for stretches, placed in zip(chain(*drawn), chain(*pages), strict=True):
        assert_right(stretches, placed)


def test_names_and_the_macs_end_stand_in_the_pdf_as_text() -> None:
    """In order, in the letters that every PDF reader has."""
    pdf = pdf_sheet(pages_of(3))
    contents = b"".join(zlib.decompress(stream) for stream in re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", pdf, re.DOTALL))
    assert re.findall(rb"\(([^)]*)\) Tj", contents) == [b"7A-1", b"00:00:01", b"7A-2", b"00:00:02", b"7A-3", b"00:00:03"]
    assert b"/FontFile2" not in pdf


def test_letters_that_pdf_lacks_go_along_with_the_file(fonts: list[Path]) -> None:
    """A part of the font: the file stays small."""
    pdf = pdf_sheet(pages_of(1, "7Ə"), fonts)
    assert b"/FontFile2" in pdf
    assert len(pdf) < 100_000


def test_without_a_font_for_its_letters_a_pdf_is_refused_and_svg_offered(tmp_path: Path) -> None:
    """Western European letters still need none."""
    (tmp_path / "arial.ttf").write_bytes(b"no font")
    with pytest.raises(UnavailableError, match="svg"):
        pdf_sheet(pages_of(1, "7Ə"), [tmp_path])
    assert pdf_sheet(pages_of(1, "7A"), [tmp_path])


def test_the_font_that_is_found_has_the_letters(fonts: list[Path]) -> None:
    """One that lacks a letter is none."""
    assert find_font("7ƏБ-12", fonts) == fonts[0] / "below" / "DejaVuSans-Bold.ttf"
    assert find_font("7Ж", fonts) is not None
    assert find_font("7Щ", fonts) is None
    assert find_font("7A", [fonts[0] / "nowhere"]) is None


@pytest.mark.parametrize("class_name", ["7A", "7Ə", "10Б"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_codes_of_an_svg_say_what_the_stickers_should(class_name: str, sheet: str) -> None:
    """And its texts are the names and the ends of the MACs, in order."""
    (page, *_) = pages_of(24, class_name, sheet)
    root = ElementTree.fromstring(svg_sheet(page))
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("210mm", "297mm", "0 0 210 297")
    paths = [path.get("d") or "" for path in root.iter(f"{NAMESPACE}path")]
    for path, placed in zip(paths, page, strict=True):
        stretches = re.findall(r"M([0-9.]+) ([0-9.]+)h([0-9.]+)v([0-9.]+)h-[0-9.]+z", path)
        assert_right([tuple(map(float, found)) for found in stretches], placed)  # type: ignore[misc]
    texts = [text.text for text in root.iter(f"{NAMESPACE}text")]
    assert texts == [text for placed in page for text in (str(placed.label.name), placed.label.note) if text]


def test_a_code_bears_scratches_and_its_letters_are_unicode() -> None:
    """Level Q in the smallest version; other letters as UTF-8, never as the two-byte letters of Japan."""
    code = Label(BoardName("7A", 12), "24:0a:c4:00:00:01").code
    assert qr_matrix(code) == segno.make_qr(code, error="q", version=2, mode="alphanumeric", boost_error=False).matrix
    code = Label(BoardName("7Б", 12), "24:0a:c4:00:00:01").code
    assert qr_matrix(code) == segno.make_qr(code, error="q", version=3, mode="byte", encoding="utf-8", boost_error=False).matrix
