"""Lines drawn with characters of a terminal that hold several dots each: fast enough for eight lines ten times a second."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

_BRAILLE = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of a braille character's dots, by column and row. Source: Unicode Standard, "Braille Patterns"."""
_HALVES = ((0x01, 0x02),)
_HALF_MARKS = " '.:"
"""In every console."""

Dot = tuple[float, float]


def stroke(dots: Sequence[Dot], width: int, height: int, fine: bool) -> dict[tuple[int, int], str]:
    """The characters of a line from dot to dot in a field of `width` by `height` characters, by column and row.

    A dot's place is counted in characters, from the upper left corner; `dots` go from left to right. With `fine` a character
    holds two by four dots, else one by two. Outside the field nothing is drawn.
    """
    bits = _BRAILLE if fine else _HALVES
    across, down = len(bits), len(bits[0])
    low, high = _spans([(x * across, y * down) for x, y in dots], width * across)
    cells: dict[tuple[int, int], int] = {}
    bottom = height * down - 1
    for x, (first, last) in enumerate(zip(low, high, strict=True)):
        if first > last or last < 0 or first > bottom:
            continue
        first, last = max(first, 0), min(last, bottom)
        column, masks = x // across, bits[x % across]
        for row in range(first // down, last // down + 1):
            begin, end = max(first - row * down, 0), min(last - row * down, down - 1)
            cells[column, row] = cells.get((column, row), 0) | sum(masks[begin : end + 1])
    if fine:
        return {place: chr(0x2800 + mask) for place, mask in cells.items()}
    return {place: _HALF_MARKS[mask] for place, mask in cells.items()}


def _spans(dots: list[Dot], columns: int) -> tuple[list[int], list[int]]:
    """In each column of dots the highest and the lowest that the line meets; the first is greater than the last where there is none."""
    low, high = [1 << 30] * columns, [-1] * columns
    for (x0, y0), (x1, y1) in itertools.pairwise(dots if len(dots) > 1 else dots * 2):
        begin, end = int(x0), int(x1)
        if begin == end:
            _meet(low, high, begin, y0, y1)
            continue
        slope = (y1 - y0) / (x1 - x0)
        for x in range(max(begin, 0), min(end, columns - 1) + 1):
            left, right = max(x0, x), min(x1, x + 1)
            _meet(low, high, x, y0 + (left - x0) * slope, y1 if right == x1 else y0 + (right - x0) * slope)
    return low, high


def _meet(low: list[int], high: list[int], x: int, ya: float, yb: float) -> None:
    if not 0 <= x < len(low):
        return
    first, last = (int(ya), int(yb)) if ya < yb else (int(yb), int(ya))
    low[x], high[x] = min(low[x], first), max(high[x], last)
