"""What stands where on a sheet of A4, in millimetres from its upper left corner, and how words are fitted into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0
MARGIN_MM = 15.0
LINE = 1.45
"""From one line to the next, in type sizes."""

WidthOf = Callable[[str, float, bool], float]
"""How wide a text is, in mm: the text, the size of its type in mm, and whether it is bold."""


class Words(msgspec.Struct, frozen=True):
    """A line of text; `y_mm` is its base line, `x_mm` the side that it is set against."""

    x_mm: float
    y_mm: float
    text: str
    size_mm: float
    bold: bool = False
    against: Literal["left", "right"] = "left"


class Box(msgspec.Struct, frozen=True):
    """A rectangle: filled, or its outline alone."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    filled: bool


Sheet = Sequence[Words | Box]
"""One side of paper."""


def wrapped(text: str, width_mm: float, size_mm: float, width_of: WidthOf, most: int = 0, *, bold: bool = False) -> list[str]:
    """The lines of a text, `most` of them at most; what has no room is cut, and "…" says so. A `most` of 0 takes all."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (width_of(longer, size_mm, bold) <= width_mm or len(lines) == most):
            lines[-1] = longer
        else:
            lines.append(word)
    return [clipped(line, width_mm, size_mm, width_of, bold=bold) for line in lines]


def clipped(text: str, width_mm: float, size_mm: float, width_of: WidthOf, *, bold: bool = False) -> str:
    """As much of a text as a line has room for, with "…" where something is cut."""
    if width_of(text, size_mm, bold) <= width_mm:
        return text
    while text and width_of(f"{text}…", size_mm, bold) > width_mm:
        text = text[:-1]
    return f"{text.rstrip()}…"
