"""A wiring picture as an SVG: the same circuit gives the same bytes on every PC, in colours that can be told apart in print, too."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import NamedTuple
from xml.sax.saxutils import escape

from lovhe.core.circuits.wiring_picture import PicturePart, PictureWire, WiringPicture
from lovhe.core.messages import N_, Text

Words = Callable[[Text], str]

_CHAR = 8.5
"""Width of a letter of the monospaced font at 14 px, generously: fonts differ."""

_ROW, _PAD, _GAP, _MARGIN = 26.0, 12.0, 14.0, 16.0
_TITLE_WIDTH = 22
_STUB = 22.0
_KIND_COLOURS = {"ground": "#222222", "supply": "#c62828"}
_COLOURS = ("#1565c0", "#2e7d32", "#ef6c00", "#6a1b9a", "#00838f", "#ad1457", "#5d4037", "#9e7700")


class _Box(NamedTuple):
    """A part's place: its left upper corner and size, its title's lines, and the height of each wire."""

    part: PicturePart
    x: float
    y: float
    width: float
    height: float
    title: list[str]
    wire_ys: list[float]


def wiring_svg(picture: WiringPicture, words: Words, name: str = "wiring") -> str:
    """The whole file. `words` puts sentences into the reader's language; `name` begins the ids in it, for pages with several drawings."""
    width_left, width_right = _side_width(picture.left, words), _side_width(picture.right, words)
    lane_left, lane_right = _lane_width(picture.left, words), _lane_width(picture.right, words)
    pins = _pins_width(picture.left) + _pins_width(picture.right) + 3 * _CHAR
    board_width = max(len(picture.board) * _CHAR, pins) + 2 * _PAD
    board_x = _MARGIN + width_left + lane_left
    right_x = board_x + board_width + lane_right
    left = _boxes(picture.left, words, _MARGIN, width_left)
    right = _boxes(picture.right, words, right_x, width_right)
    height = max([box.y + box.height for box in (*left, *right)], default=100.0)
    total_width, total_height = right_x + width_right + _MARGIN, height + _MARGIN
    lines = _head(picture, words, name, total_width, total_height)
    lines.append(_rect(board_x, _MARGIN, board_width, height - _MARGIN, "#e8f5e9", "#1b5e20", 10))
    lines.append(_text(board_x + board_width / 2, _MARGIN + 20, picture.board, "middle", bold=True))
    colours = _colours(picture)
    number = 0
    for box in (*left, *right):
        is_left = box.x < board_x
        lines.append(_rect(box.x, box.y, box.width, box.height, "#fffde7", "#5d4037", 6))
        lines += [_text(box.x + _PAD, box.y + 20 + 18 * index, line, "start", bold=True) for index, line in enumerate(box.title)]
        for wire, y in zip(box.part.wires, box.wire_ys, strict=True):
            start = box.x + box.width if is_left else box.x
            end = board_x if is_left else board_x + board_width
            lines += _wire(wire, words, colours[number], start, end, y)
            inward = -_PAD if is_left else _PAD
            lines.append(_text(start + inward, y + 5, wire.part_pin, "end" if is_left else "start"))
            lines.append(_text(end - inward, y + 5, wire.board_pin, "start" if is_left else "end"))
            number += 1
    return "\n".join([*lines, "</svg>"]) + "\n"


def _head(picture: WiringPicture, words: Words, name: str, width: float, height: float) -> list[str]:
    title = words(N_("How the circuit is wired to the board {board}", board=picture.board))
    wires = [
        words(N_("{part}, pin {pin}, to {board_pin}", part=part.name, pin=wire.part_pin, board_pin=_with_inside(wire, words)))
        for part in picture.parts
        for wire in part.wires
    ]
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    font = 'font-family="DejaVu Sans Mono, Consolas, Menlo, monospace" font-size="14"'
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="{name}-title {name}-desc" {font}>',
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-desc">{escape("; ".join(wires))}</desc>',
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
    ]


def _with_inside(wire: PictureWire, words: Words) -> str:
    return f"{wire.board_pin} ({_inside(wire, words)})" if wire.inside else wire.board_pin


def _inside(wire: PictureWire, words: Words) -> str:
    return ", ".join(words(text) for text in wire.inside)


def _boxes(parts: list[PicturePart], words: Words, x: float, width: float) -> list[_Box]:
    boxes: list[_Box] = []
    y = _MARGIN + _ROW + 4  # below the board's name
    for part in parts:
        title = _title(part, words)
        first = y + 18 * len(title) + 22
        at = [first + _ROW * index for index in range(len(part.wires))]
        height = (at[-1] if at else first - _ROW) + 16 - y
        boxes.append(_Box(part, x, y, width, height, title, at))
        y += height + _GAP
    return boxes


def _title(part: PicturePart, words: Words) -> list[str]:
    return textwrap.wrap(words(part.name), _TITLE_WIDTH, break_long_words=False) or [part.id]


def _side_width(parts: list[PicturePart], words: Words) -> float:
    lengths = [len(line) for part in parts for line in _title(part, words)] + [len(wire.part_pin) for part in parts for wire in part.wires]
    return max(lengths) * _CHAR + 2 * _PAD if lengths else 0.0


def _pins_width(parts: list[PicturePart]) -> float:
    return max((len(wire.board_pin) for part in parts for wire in part.wires), default=0) * _CHAR


def _lane_width(parts: list[PicturePart], words: Words) -> float:
    inside = max((len(_inside(wire, words)) for part in parts for wire in part.wires), default=0)
    return (inside * _CHAR + 2 * _PAD if inside else 40.0) + 2 * _STUB if parts else _MARGIN


def _colours(picture: WiringPicture) -> list[str]:
    """A colour for each wire: grounds dark, supplies red, the others in turn."""
    found, turn = [], 0
    for part in picture.parts:
        for wire in part.wires:
            if wire.kind in _KIND_COLOURS:
                found.append(_KIND_COLOURS[wire.kind])
            else:
                found.append(_COLOURS[turn % len(_COLOURS)])
                turn += 1
    return found


def _wire(wire: PictureWire, words: Words, colour: str, start: float, end: float, y: float) -> list[str]:
    lines = [f'<line x1="{start:g}" y1="{y:g}" x2="{end:g}" y2="{y:g}" stroke="{colour}" stroke-width="3"/>']
    lines += [f'<circle cx="{x:g}" cy="{y:g}" r="4" fill="{colour}"/>' for x in (start, end)]
    text = _inside(wire, words)
    if text:
        width = len(text) * _CHAR + 2 * _PAD
        middle = (start + end) / 2
        lines.append(_rect(middle - width / 2, y - 10, width, 20, "#ffffff", colour, 4))
        lines.append(_text(middle, y + 5, text, "middle"))
    return lines


def _rect(x: float, y: float, width: float, height: float, fill: str, stroke: str, radius: int) -> str:
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect {place} rx="{radius}" fill="{fill}" stroke="{stroke}" stroke-width="2"/>'


def _text(x: float, y: float, text: str, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
