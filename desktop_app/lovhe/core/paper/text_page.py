"""A text with headings and points on one side of A4, in the largest type in which it fits."""

from __future__ import annotations

import itertools
import re

from lovhe.core.paper.sheet import LINE, MARGIN_MM, PAGE_HEIGHT_MM, PAGE_WIDTH_MM, Sheet, WidthOf, Words, wrapped

_WIDTH_MM = PAGE_WIDTH_MM - 2 * MARGIN_MM
_LARGEST_MM = 4.2
_SIZES = {"# ": 1.7, "## ": 1.15}
"""The type of a heading, in sizes of the text's."""

_CODE = re.compile(r"`([^`\n]*)`")


def lay_out(markdown: str, width_of: WidthOf) -> Sheet:
    """The text's lines: "# " and "## " begin headings, "- " a point; each other line is a paragraph. `Code` gets quotes."""
    for power in itertools.count():
        sheet, bottom_mm = _set(markdown, _LARGEST_MM * 0.95**power, width_of)
        if bottom_mm <= PAGE_HEIGHT_MM - MARGIN_MM:
            return sheet
    raise AssertionError("type can always be smaller")


def _set(markdown: str, text_mm: float, width_of: WidthOf) -> tuple[list[Words], float]:
    """The words in this size, and where the last line is."""
    placed: list[Words] = []
    y_mm = MARGIN_MM
    for line in filter(None, _CODE.sub(r"“\1”", markdown).splitlines()):
        mark = next((mark for mark in (*_SIZES, "- ") if line.startswith(mark)), "")
        size_mm = text_mm * _SIZES.get(mark, 1.0)
        indent_mm = size_mm if mark == "- " else 0.0
        y_mm += {"## ": 0.8, "": 0.5, "# ": 0.0}.get(mark, 0.15) * text_mm
        for number, words in enumerate(wrapped(line[len(mark) :], _WIDTH_MM - indent_mm, size_mm, width_of, bold=mark in _SIZES)):
            y_mm += size_mm * LINE
            if indent_mm and not number:
                placed.append(Words(MARGIN_MM, y_mm, "–", size_mm))
            placed.append(Words(MARGIN_MM + indent_mm, y_mm, words, size_mm, bold=mark in _SIZES))
    return placed, y_mm
