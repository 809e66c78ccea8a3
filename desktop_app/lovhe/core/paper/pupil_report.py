"""A pupil's report on one side of A4: all of it is there, in smaller type and more columns the more there is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from lovhe.core.paper.sheet import LINE, MARGIN_MM, PAGE_HEIGHT_MM, PAGE_WIDTH_MM, Box, Sheet, WidthOf, Words, clipped, wrapped

_WIDTH_MM = PAGE_WIDTH_MM - 2 * MARGIN_MM
_GAP_MM = 8.0
_TITLE = 1.8
"""The title's type, in sizes of the other one."""
_SMALL = 0.85
_BAR = 0.2
"""A bar's width, in widths of its column."""


class Bar(msgspec.Struct, frozen=True):
    """Points, as a line with a bar. `aside` stands behind them, `note` below."""

    name: str
    points: int
    total: int
    aside: str = ""
    note: str = ""


class Bars(msgspec.Struct, frozen=True):
    """Bars below a title; `points` and `aside` are the headings of what stands behind them."""

    title: str
    bars: Sequence[Bar]
    points: str = ""
    aside: str = ""


class Facts(msgspec.Struct, frozen=True):
    """Sentences below a title."""

    title: str
    sentences: Sequence[str]


class PupilReport(msgspec.Struct, frozen=True):
    """What stands on the page, in one language. `skills` and `facts` stand side by side, two of each."""

    title: str
    below: str
    date: str
    summary: str
    lessons: Bars
    skills: Sequence[Bars]
    facts: Sequence[Facts]


class _Look(msgspec.Struct, frozen=True):
    """How large the type is, in how many columns the lessons stand, and how many lines a note may have."""

    size_mm: float
    columns: int
    note_lines: int


_LOOKS = [_Look(3.7, 1, 4), _Look(3.3, 1, 4), _Look(3.3, 2, 4), _Look(2.9, 2, 4), _Look(2.6, 2, 2), _Look(2.3, 2, 1), _Look(2.1, 2, 1)]


def lay_out(report: PupilReport, width_of: WidthOf) -> Sheet:
    """The report in the largest type in which it fits one side."""
    for look in _looks():
        setting = _Setting(look, width_of)
        setting.set(report)
        if setting.y_mm <= PAGE_HEIGHT_MM - MARGIN_MM:
            return setting.placed
    raise AssertionError("type can always be smaller")


def _looks() -> Iterator[_Look]:
    """The last ones are for more lessons than a school has: too small to be read with ease, but all there."""
    yield from _LOOKS
    for power in itertools.count():
        yield _Look(_LOOKS[-1].size_mm * 0.9**power, 3, 1)


class _Setting:
    """Sets a report in one look, from `y_mm` downwards, whether there is room or not."""

    def __init__(self, look: _Look, width_of: WidthOf) -> None:
        self.placed: list[Words | Box] = []
        self.y_mm = MARGIN_MM
        self._look = look
        self._size_mm = look.size_mm
        self._line_mm = look.size_mm * LINE
        self._width_of = width_of

    def set(self, report: PupilReport) -> None:
        """All of it."""
        self._head(report)
        if report.lessons.bars:
            self._beside(_parted(report.lessons, self._look.columns))
        self._beside(report.skills)
        self._beside(report.facts)

    def _head(self, report: PupilReport) -> None:
        size_mm, right_mm = self._size_mm * _TITLE, MARGIN_MM + _WIDTH_MM
        self.y_mm += size_mm
        date_mm = self._width_of(report.date, self._size_mm, False)
        name = clipped(report.title, _WIDTH_MM - _GAP_MM - date_mm, size_mm, self._width_of, bold=True)
        self.placed += [
            Words(MARGIN_MM, self.y_mm, name, size_mm, bold=True),
            Words(right_mm, self.y_mm, report.date, self._size_mm, against="right"),
        ]
        lines = [report.below, *wrapped(report.summary, _WIDTH_MM, self._size_mm, self._width_of)]
        self.y_mm = self._lines(lines, MARGIN_MM, self.y_mm + self._line_mm, self._size_mm)

    def _beside(self, parts: Sequence[Bars | Facts]) -> None:
        """Each part in a column of its own, below all that is there."""
        width_mm = (_WIDTH_MM - _GAP_MM * (len(parts) - 1)) / max(1, len(parts))
        top_mm = self.y_mm + self._line_mm * 0.7
        for column, part in enumerate(parts):
            x_mm = MARGIN_MM + column * (width_mm + _GAP_MM)
            bottom_mm = self._bars(part, x_mm, top_mm, width_mm) if isinstance(part, Bars) else self._facts(part, x_mm, top_mm, width_mm)
            self.y_mm = max(self.y_mm, bottom_mm)

    def _bars(self, part: Bars, x_mm: float, y_mm: float, width_mm: float) -> float:
        size_mm, small_mm = self._size_mm, self._size_mm * _SMALL
        y_mm = self._title(part.title, x_mm, y_mm, width_mm)
        asides = [part.aside, *(bar.aside for bar in part.bars)]
        right_mm = x_mm + width_mm
        points_mm = right_mm - (self._widest(asides) + size_mm if any(asides) else 0)
        bar_mm = points_mm - self._widest([part.points, *map(_points, part.bars)]) - size_mm - width_mm * _BAR
        if part.points:
            y_mm += self._line_mm
            self._right(part.points, points_mm, y_mm, small_mm)
            self._right(part.aside, right_mm, y_mm, small_mm)
        for bar in part.bars:
            y_mm += self._line_mm
            names = wrapped(bar.name, bar_mm - x_mm - size_mm, size_mm, self._width_of, min(2, self._look.note_lines))
            bottom_mm = self._lines(names, x_mm, y_mm, size_mm)
            share = min(1.0, bar.points / max(1, bar.total))
            for filled, long_mm in ((False, width_mm * _BAR), (True, width_mm * _BAR * share)):
                self.placed.append(Box(bar_mm, y_mm - size_mm * 0.7, long_mm, size_mm * 0.7, filled))
            self._right(_points(bar), points_mm, y_mm, size_mm)
            self._right(bar.aside, right_mm, y_mm, size_mm)
            notes = wrapped(bar.note, width_mm - size_mm, small_mm, self._width_of, self._look.note_lines)
            y_mm = self._lines(notes, x_mm + size_mm, bottom_mm + small_mm * LINE, small_mm) if notes else bottom_mm
        return y_mm

    def _facts(self, part: Facts, x_mm: float, y_mm: float, width_mm: float) -> float:
        y_mm = self._title(part.title, x_mm, y_mm, width_mm)
        for sentence in part.sentences:
            y_mm += self._line_mm
            self.placed.append(Words(x_mm, y_mm, "–", self._size_mm))
            lines = wrapped(sentence, width_mm - self._size_mm, self._size_mm, self._width_of)
            y_mm = self._lines(lines, x_mm + self._size_mm, y_mm, self._size_mm)
        return y_mm

    def _title(self, title: str, x_mm: float, y_mm: float, width_mm: float) -> float:
        y_mm += self._line_mm
        self.placed += [
            Words(x_mm, y_mm, title, self._size_mm, bold=True),
            Box(x_mm, y_mm + self._size_mm * 0.35, width_mm, 0.2, filled=True),
        ]
        return y_mm + self._size_mm * 0.35

    def _lines(self, lines: Sequence[str], x_mm: float, y_mm: float, size_mm: float) -> float:
        """Lines below one another, the first at `y_mm`; where the last one is."""
        self.placed += [Words(x_mm, y_mm + number * size_mm * LINE, line, size_mm) for number, line in enumerate(lines)]
        return y_mm + (len(lines) - 1) * size_mm * LINE

    def _widest(self, texts: Sequence[str]) -> float:
        return max(self._width_of(text, self._size_mm, False) for text in texts)

    def _right(self, text: str, x_mm: float, y_mm: float, size_mm: float) -> None:
        self.placed.append(Words(x_mm, y_mm, text, size_mm, against="right"))


def _points(bar: Bar) -> str:
    return f"{bar.points}/{bar.total}"


def _parted(bars: Bars, columns: int) -> list[Bars]:
    """The same in columns as long as one another; the title stands above the first."""
    rows = -(-len(bars.bars) // columns)
    return [
        msgspec.structs.replace(bars, title=bars.title if not at else "", bars=bars.bars[at : at + rows])
        for at in range(0, rows * columns, rows)
    ]
