"""A plot as shapes on paper, the same for every kind of picture file; series differ by dashes and signs as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from lovhe.core.plots.axis import mark_texts, marks, value_text
from lovhe.core.plots.view import Trace, Window

Point = tuple[float, float]
Sign = Literal["circle", "square", "triangle", "diamond", "cross", "plus", "pointer", "ring"]

WIDTH, HEIGHT = 960, 560
_LEFT, _TOP, _RIGHT, _BOTTOM = 84.0, 48.0, 936.0, 400.0
_INK, _GRID = "#1b1b1b", "#d9d9d9"
_TEXT = 15.0
_SIGNS_A_LINE = 12
_LEGEND_ROW, _LEGEND_COLUMN = 26.0, 430.0
_LONGEST_NAME = 36

COLOURS = ("#0072b2", "#c44e00", "#007a5a", "#a0307f", "#7a6000", "#1b1b1b", "#5b3db0", "#b01515")
DASHES: tuple[tuple[float, ...], ...] = ((), (12, 5), (3, 4), (14, 4, 3, 4), (7, 3), (18, 4, 6, 4), (2, 7), (9, 3, 2, 3, 2, 3))
SIGNS: tuple[Sign, ...] = ("circle", "square", "triangle", "diamond", "cross", "plus", "pointer", "ring")


class Line(msgspec.Struct, frozen=True, tag=True):
    """Straight lines from point to point."""

    points: list[Point]
    colour: str
    width: float
    dashes: tuple[float, ...] = ()


class Shape(msgspec.Struct, frozen=True, tag=True):
    """A sign around a point."""

    sign: Sign
    at: Point
    colour: str


class Words(msgspec.Struct, frozen=True, tag=True):
    """A line of text; `at` is its begin, middle or end on the baseline."""

    text: str
    at: Point
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = False


class Picture(msgspec.Struct, frozen=True):
    """All shapes, the first ones below. `title` is what a reader of the screen says."""

    title: str
    shapes: list[Line | Shape | Words]
    width: int = WIDTH
    height: int = HEIGHT


def picture(traces: Sequence[Trace], window: Window, title: str, time_label: str, decimal_mark: str = ".") -> Picture:
    """The plot of what is in view, with axes and a legend that tells the last values."""
    shapes: list[Line | Shape | Words] = [Words(title, (_LEFT, 30), bold=True)]
    shapes += _axes(window, time_label, decimal_mark)
    for trace in traces:
        shapes += _drawn(trace, window)
    for place, trace in enumerate(traces):
        shapes += _legend(trace, place, decimal_mark)
    return Picture(title, shapes)


def sign_outline(sign: Sign, at: Point, size: float = 5.0) -> list[list[Point]]:
    """The lines of a sign without curves; the first point comes again at the end of those that are filled. Circles have none."""
    x, y = at
    match sign:
        case "square":
            return [[(x - size, y - size), (x + size, y - size), (x + size, y + size), (x - size, y + size), (x - size, y - size)]]
        case "triangle":
            return [[(x, y - size), (x + size, y + size), (x - size, y + size), (x, y - size)]]
        case "pointer":
            return [[(x, y + size), (x + size, y - size), (x - size, y - size), (x, y + size)]]
        case "diamond":
            return [[(x, y - size - 1), (x + size + 1, y), (x, y + size + 1), (x - size - 1, y), (x, y - size - 1)]]
        case "cross":
            return [[(x - size, y - size), (x + size, y + size)], [(x - size, y + size), (x + size, y - size)]]
        case "plus":
            return [[(x - size, y), (x + size, y)], [(x, y - size), (x, y + size)]]
        case _:
            return []


def _axes(window: Window, time_label: str, decimal_mark: str) -> list[Line | Shape | Words]:
    shapes: list[Line | Shape | Words] = []
    times = marks(window.from_ms / 1000, window.to_ms / 1000, 9)
    for time, text in zip(times, mark_texts(times, decimal_mark), strict=True):
        x, _ = _place(window, time * 1000, window.low)
        shapes += [Line([(x, _TOP), (x, _BOTTOM)], _GRID, 1), Words(text, (x, _BOTTOM + 20), "middle")]
    values = marks(window.low, window.high, 8)
    for value, text in zip(values, mark_texts(values, decimal_mark), strict=True):
        _, y = _place(window, window.from_ms, value)
        shapes += [Line([(_LEFT, y), (_RIGHT, y)], _GRID, 1), Words(text, (_LEFT - 8, y + 5), "end")]
    frame = [(_LEFT, _TOP), (_LEFT, _BOTTOM), (_RIGHT, _BOTTOM)]
    return [*shapes, Line(frame, _INK, 1.5), Words(time_label, (_RIGHT, _BOTTOM + 42), "end")]


def _drawn(trace: Trace, window: Window) -> list[Line | Shape | Words]:
    points = [_place(window, t_ms, value) for t_ms, value in zip(trace.times_ms, trace.values, strict=True)]
    if not points:
        return []
    colour = COLOURS[trace.number % len(COLOURS)]
    step = max(1, len(points) // _SIGNS_A_LINE)
    begin = min(len(points) - 1, step * trace.number // len(SIGNS))
    signs = [Shape(SIGNS[trace.number % len(SIGNS)], point, colour) for point in points[begin::step]]
    return [Line(points, colour, 2, DASHES[trace.number % len(DASHES)]), *signs]


def _legend(trace: Trace, place: int, decimal_mark: str) -> list[Line | Shape | Words]:
    x, y = _LEFT + place % 2 * _LEGEND_COLUMN, _BOTTOM + 72 + place // 2 * _LEGEND_ROW
    colour = COLOURS[trace.number % len(COLOURS)]
    name = trace.name if len(trace.name) <= _LONGEST_NAME else f"{trace.name[: _LONGEST_NAME - 1]}…"
    last = "" if trace.last is None else f": {value_text(trace.last, decimal_mark)}"
    return [
        Line([(x, y - 5), (x + 48, y - 5)], colour, 2, DASHES[trace.number % len(DASHES)]),
        Shape(SIGNS[trace.number % len(SIGNS)], (x + 24, y - 5), colour),
        Words(f"{name}{last}", (x + 58, y)),
    ]


def _place(window: Window, t_ms: float, value: float) -> Point:
    """Where it is on paper; what is above or below the window is at its edge."""
    across = (t_ms - window.from_ms) / (window.to_ms - window.from_ms)
    up = min(max((value - window.low) / (window.high - window.low), 0.0), 1.0)
    return round(_LEFT + across * (_RIGHT - _LEFT), 2), round(_BOTTOM - up * (_BOTTOM - _TOP), 2)
