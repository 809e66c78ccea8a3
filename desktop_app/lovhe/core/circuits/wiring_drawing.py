"""A wiring picture made of characters: it fits 80 columns, and any console."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import NamedTuple

from lovhe.core.circuits.wiring_picture import PicturePart, PictureWire, WiringPicture
from lovhe.core.messages import Text

WIDTH = 76
"""Columns at most: some frames around a drawing take two on each side."""

_TITLE_WIDTHS = (22, 18, 15, 12)
_LEAST_LANE = 5

Words = Callable[[Text], str]


class LineGlyphs(NamedTuple):
    """The characters that lines are made of."""

    across: str = "─"
    down: str = "│"
    corners: str = "┌┐└┘"
    joins: str = "┤├"


FINE_LINES = LineGlyphs()
PLAIN_LINES = LineGlyphs("-", "|", "++++", "++")


def lines_for(encoding: str | None) -> LineGlyphs:
    """The finest lines that a stream of this encoding can carry."""
    try:
        "".join(FINE_LINES).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return PLAIN_LINES
    return FINE_LINES


class _Row(NamedTuple):
    """One line of a side: the part's piece of it, and the wire that leaves it."""

    cell: str
    wire: PictureWire | None = None


def drawn_wiring(picture: WiringPicture, words: Words, glyphs: LineGlyphs = FINE_LINES, width: int = WIDTH) -> list[str]:
    """The picture as lines of at most `width` columns: the parts' names are folded, then all parts go to one side."""
    if not picture.parts:
        return []
    lines: list[str] = []
    for sides in ((picture.left, picture.right), (picture.parts, [])):
        for title_width in _TITLE_WIDTHS:
            lines = _drawing(picture.board, *sides, words, glyphs, title_width)
            if max(map(len, lines)) <= width:
                return lines
    return lines


def _drawing(
    board: str, left: list[PicturePart], right: list[PicturePart], words: Words, glyphs: LineGlyphs, title_width: int
) -> list[str]:
    rows_left, rows_right = _side(left, words, glyphs, title_width, mirrored=False), _side(right, words, glyphs, title_width, mirrored=True)
    height = max(len(rows_left), len(rows_right), 3)
    lane_left, lane_right = _lane_width(left, words), _lane_width(right, words)
    cells_left = max((len(row.cell) for row in rows_left), default=0)
    pins_left, pins_right = _pins_width(left), _pins_width(right)
    inner = max(len(board), pins_left + pins_right + 3)
    lines = []
    for number in range(height):
        one = rows_left[number] if number < len(rows_left) else _Row("")
        other = rows_right[number] if number < len(rows_right) else _Row("")
        middle = _board_row(board, number, height, inner, one.wire, other.wire, glyphs)
        line = one.cell.ljust(cells_left) + _lane(one.wire, lane_left if left else 0, words, glyphs)
        line += middle + _lane(other.wire, lane_right if right else 0, words, glyphs) + other.cell
        lines.append(line.rstrip())
    return lines


def _board_row(
    board: str, number: int, height: int, inner: int, left: PictureWire | None, right: PictureWire | None, glyphs: LineGlyphs
) -> str:
    if number == 0:
        return glyphs.corners[0] + glyphs.across * (inner + 2) + glyphs.corners[1]
    if number == height - 1:
        return glyphs.corners[2] + glyphs.across * (inner + 2) + glyphs.corners[3]
    if number == 1:
        return f"{glyphs.down} {board.center(inner)} {glyphs.down}"
    begin, end = left.board_pin if left else "", right.board_pin if right else ""
    text = begin + end.rjust(inner - len(begin))
    return f"{glyphs.joins[0] if left else glyphs.down} {text} {glyphs.joins[1] if right else glyphs.down}"


def _side(parts: list[PicturePart], words: Words, glyphs: LineGlyphs, title_width: int, *, mirrored: bool) -> list[_Row]:
    """The boxes of one side below one another, all of one width; on the left the pins stand at the right edge."""
    titles = [textwrap.wrap(words(part.name), title_width, break_long_words=False) or [part.id] for part in parts]
    pins = [wire.part_pin for part in parts for wire in part.wires]
    inner = max([len(line) for title in titles for line in title] + [len(pin) for pin in pins], default=0)
    rows: list[_Row] = []
    for part, title in zip(parts, titles, strict=True):
        rows.append(_Row(glyphs.corners[0] + glyphs.across * (inner + 2) + glyphs.corners[1]))
        rows += [_Row(f"{glyphs.down} {line.ljust(inner)} {glyphs.down}") for line in title]
        for wire in part.wires:
            if mirrored:
                rows.append(_Row(f"{glyphs.joins[0]} {wire.part_pin.ljust(inner)} {glyphs.down}", wire))
            else:
                rows.append(_Row(f"{glyphs.down} {wire.part_pin.rjust(inner)} {glyphs.joins[1]}", wire))
        rows.append(_Row(glyphs.corners[2] + glyphs.across * (inner + 2) + glyphs.corners[3]))
    return rows


def _inside(wire: PictureWire, words: Words) -> str:
    return ", ".join(words(text) for text in wire.inside)


def _lane_width(parts: list[PicturePart], words: Words) -> int:
    texts = [_inside(wire, words) for part in parts for wire in part.wires]
    return max([len(text) + 4 for text in texts if text] + [_LEAST_LANE])


def _lane(wire: PictureWire | None, width: int, words: Words, glyphs: LineGlyphs) -> str:
    if wire is None:
        return " " * width
    text = _inside(wire, words)
    return f"[{text}]".center(width, glyphs.across) if text else glyphs.across * width


def _pins_width(parts: list[PicturePart]) -> int:
    return max((len(wire.board_pin) for part in parts for wire in part.wires), default=0)
