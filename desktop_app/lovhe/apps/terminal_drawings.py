"""Small drawings made of characters: displays, gauges, bars, and colours that can be told apart without colour.

Nothing here knows of boards. `Glyphs` holds the characters, so that a console without them gets plain ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rich.text import Text

_DOT_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille character's dots, by row and column. Source: Unicode Standard, "Braille Patterns"."""

_PLAIN_SHADES = " .:-=+*#@"


@dataclass(frozen=True)
class Glyphs:
    """The characters to draw with."""

    full: str = "█"
    empty: str = "░"
    line: str = "─"
    ends: str = "├┤"
    knob: str = "●"
    side: str = "│"
    note: str = "♪"
    arrow: str = "→"
    between: str = " · "
    more: str = "…"
    times: str = "×"
    up: str = "↑"
    down: str = "↓"
    braille: bool = True


FINE = Glyphs()
PLAIN = Glyphs(
    full="#",
    empty=".",
    line="-",
    ends="||",
    knob="O",
    side="|",
    note="~",
    arrow=">",
    between=" - ",
    more="...",
    times="x",
    up="^",
    down="v",
    braille=False,
)


def glyphs_for(encoding: str | None) -> Glyphs:
    """The finest characters that a stream of this encoding can carry."""
    try:
        "█░─├┤●│♪→·…×↑↓⣿".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return PLAIN
    return FINE


def drawn_bitmap(bitmap: Mapping[str, Any], glyphs: Glyphs, shrink: int = 1) -> list[str]:
    """A picture of lit pixels, two by four of them in a character, as lines of equal length.

    `bitmap` has `width`, `height` and `rows` (hexadecimal, most significant bit left). With `shrink` 2, a pixel of the drawing
    is lit when one of two by two of the picture is.
    """
    rows = _pixel_rows(bitmap)
    if shrink > 1:
        rows = [_shrunk(rows[at : at + shrink], shrink) for at in range(0, len(rows), shrink)]
    width = len(rows[0]) if rows else 0
    drawn = []
    for top in range(0, len(rows), 4):
        band = rows[top : top + 4]
        drawn.append("".join(_character(band, left, glyphs) for left in range(0, width, 2)))
    return drawn


def _pixel_rows(bitmap: Mapping[str, Any]) -> list[str]:
    width = int(bitmap["width"])
    return [f"{int(row, 16):0{4 * len(row)}b}"[:width].ljust(width, "0") for row in bitmap["rows"]]


def _shrunk(rows: Sequence[str], by: int) -> str:
    width = len(rows[0])
    return "".join("1" if any("1" in row[left : left + by] for row in rows) else "0" for left in range(0, width, by))


def _character(band: Sequence[str], left: int, glyphs: Glyphs) -> str:
    bits = sum(
        bit
        for row, row_bits in zip(band, _DOT_BITS, strict=False)
        for pixel, bit in zip(row[left : left + 2], row_bits, strict=False)
        if pixel == "1"
    )
    return chr(0x2800 + bits) if bits and glyphs.braille else _PLAIN_SHADES[bits.bit_count()]


def drawn_gauge(value: float, low: float, high: float, width: int, glyphs: Glyphs) -> str:
    """A scale with a knob where `value` stands between `low` and `high`."""
    places = max(width - 2, 1)
    at = round((min(max(value, low), high) - low) / (high - low) * (places - 1))
    return glyphs.ends[0] + glyphs.line * at + glyphs.knob + glyphs.line * (places - 1 - at) + glyphs.ends[1]


def drawn_bar(percent: float, width: int, glyphs: Glyphs) -> str:
    """A bar that is filled so far; anything above 0 % fills at least one place."""
    filled = round(min(max(percent, 0), 100) / 100 * width) or int(percent > 0)
    return glyphs.full * filled + glyphs.empty * (width - filled)


def drawn_colour(colour: str, glyphs: Glyphs) -> Text:
    """A colour "rrggbb" as a block and its number; a dark one as an empty block."""
    dark = int(colour, 16) == 0
    block = Text(glyphs.empty * 2) if dark else Text(glyphs.full * 2, style=f"#{colour}")
    return Text.assemble(block, colour)


def drawn_colours(colours: Sequence[str], glyphs: Glyphs) -> list[Text]:
    """The colours of a chain in its order, equal neighbours together with their number."""
    drawn = []
    for colour, run in groupby(colours):
        count = len(list(run))
        drawn.append(drawn_colour(colour, glyphs).append(f"{glyphs.times}{count}" if count > 1 else ""))
    return drawn
