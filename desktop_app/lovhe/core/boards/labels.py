"""Stickers for boards: what stands on one, and where on a sheet of A4 its parts lie.

The QR code holds what a phone can show without internet or app, one line such as "LOVHE 7A-12 24:0A:C4:00:00:01": the kit,
the board's name, its MAC (left out for a board that has none yet). Its letters are those of a QR code's smallest alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from lovhe.core.boards.names import MAX_NUMBER, BoardName
from lovhe.core.errors import InputError
from lovhe.core.messages import N_

QUIET_MODULES = 4
"""Empty modules on each side of a QR code, which readers need. Source: ISO/IEC 18004, "Quiet zone"."""

_RANGE = re.compile(r"\s*([0-9]{1,4})\s*(?:[-–]\s*([0-9]{1,4})\s*)?")
_WIDE = "MWÖÜŞĞƏЖМФШЩЫЮ@"
_LARGEST_NAME_MM = 14.0


class LabelSheet(msgspec.Struct, frozen=True):
    """A sheet of stickers as shops sell it, in mm: `left` and `top` of the first sticker, `across` and `down` from one to the next."""

    columns: int
    rows: int
    width_mm: float
    height_mm: float
    left_mm: float
    top_mm: float
    across_mm: float
    down_mm: float
    inset_mm: float
    note_mm: float

    @property
    def count(self) -> int:
        """Stickers on one sheet."""
        return self.columns * self.rows


SHEETS: Mapping[str, LabelSheet] = {
    "70x37": LabelSheet(3, 8, 70.0, 37.0, 0.0, 0.5, 70.0, 37.0, inset_mm=4.5, note_mm=4.0),
    "38x21": LabelSheet(5, 13, 38.1, 21.2, 4.75, 10.7, 40.6, 21.2, inset_mm=1.5, note_mm=2.4),
}
"""By their size in mm. The large one for a box, a bag or a cable; the small one fits below a DevKitC, between its pin rows
(22.9 mm). Source: the sizes printed on label sheets for A4 with 24 and with 65 labels."""


class Label(msgspec.Struct, frozen=True):
    """One board's sticker; `mac` "" where no board has the name yet."""

    name: BoardName
    mac: str = ""

    @property
    def code(self) -> str:
        """What the QR code says."""
        return f"LOVHE {self.name} {self.mac.upper()}".rstrip()

    @property
    def note(self) -> str:
        """The short line below the name: the part of the MAC that differs from board to board."""
        return self.mac.upper()[-8:]


class PlacedLabel(msgspec.Struct, frozen=True):
    """A sticker on its page, in mm from the page's top left corner.

    `code_x_mm`, `code_y_mm` and `code_mm` are the square of the QR code with its quiet zone. The texts begin at `text_x_mm`,
    stand on `name_y_mm` and `note_y_mm`, and have `text_width_mm`; `name_mm` and `note_mm` are their letters' sizes.
    """

    label: Label
    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    code_x_mm: float
    code_y_mm: float
    code_mm: float
    text_x_mm: float
    text_width_mm: float
    name_y_mm: float
    name_mm: float
    note_y_mm: float
    note_mm: float


def place_labels(labels: Sequence[Label], sheet: LabelSheet) -> list[list[PlacedLabel]]:
    """The pages, each with its stickers, row by row in the order of `labels`; all names have letters of one size."""
    name_mm = min((_name_mm(label, sheet) for label in labels), default=0.0)
    left = iter(labels)
    pages = []
    while page := [_placed(label, sheet, place, name_mm) for place, label in enumerate(islice(left, sheet.count))]:
        pages.append(page)
    return pages


def _text_width_mm(sheet: LabelSheet) -> float:
    return sheet.width_mm - sheet.height_mm


def _name_mm(label: Label, sheet: LabelSheet) -> float:
    return min(_LARGEST_NAME_MM, _text_width_mm(sheet) / text_ems(str(label.name)))


def _placed(label: Label, sheet: LabelSheet, place: int, name_mm: float) -> PlacedLabel:
    row, column = divmod(place, sheet.columns)
    x, y = sheet.left_mm + column * sheet.across_mm, sheet.top_mm + row * sheet.down_mm
    code = sheet.height_mm - 2 * sheet.inset_mm
    middle = y + sheet.height_mm / 2
    return PlacedLabel(
        label=label,
        x_mm=x,
        y_mm=y,
        width_mm=sheet.width_mm,
        height_mm=sheet.height_mm,
        code_x_mm=x + sheet.inset_mm,
        code_y_mm=y + sheet.inset_mm,
        code_mm=code,
        text_x_mm=x + sheet.inset_mm + code,
        text_width_mm=_text_width_mm(sheet),
        name_y_mm=middle + name_mm * 0.2,
        name_mm=name_mm,
        note_y_mm=middle + name_mm * 0.2 + sheet.note_mm * 1.5,
        note_mm=sheet.note_mm,
    )


def text_ems(text: str) -> float:
    """How wide `text` is at most in bold letters without serifs, in their size."""
    return sum(0.42 if letter == "-" else 0.71 if letter.isdigit() else 1.2 if letter in _WIDE else 0.85 for letter in text)


def read_numbers(typed: str) -> list[int]:
    """The numbers that "1-30" or "4, 17, 20-22" means, ascending, each once. Raises `InputError`."""
    numbers: set[int] = set()
    for piece in typed.split(","):
        found = _RANGE.fullmatch(piece)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= MAX_NUMBER:
            raise InputError(
                N_("“{numbers}” does not say which stickers to print.", numbers=typed[:40]),
                N_("Write a range like 1-30, or single numbers like 4,17, from 1 to {most}.", most=MAX_NUMBER),
            )
        numbers.update(range(first, last + 1))
    return sorted(numbers)


def runs(row: Sequence[int | bool]) -> Iterator[tuple[int, int]]:
    """The dark stretches of one row of a QR code: where each begins, and how many modules it has."""
    begin: int | None = None
    for at, dark in enumerate([*row, 0]):
        if dark and begin is None:
            begin = at
        elif not dark and begin is not None:
            yield begin, at - begin
            begin = None
