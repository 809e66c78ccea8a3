"""The drawn plot: axes with round numbers, and the lines.

Drawn here and not by a library: textual-plot took half a second for eight full lines, and brought NumPy, whose wheels need a
newer processor than some schools' PCs have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from lovhe.apps.terminal_drawings import Glyphs
from lovhe.core.plots.axis import mark_texts, marks
from lovhe.core.plots.strokes import Dot, stroke
from lovhe.core.plots.view import Trace, Window

_MARGIN = 9
"""Columns for the values beside the axis, which stands in the last of them."""
_FOOT = 2
"""Rows for the axis of time and its numbers."""
_TICK_COLUMNS = 11
_SIGN_COLUMNS = 14
"""A line carries its sign about this often."""
_EDGE = 1e-6

Cells = dict[tuple[int, int], tuple[str, Style]]


class ReadingsPlot(Widget, can_focus=True):
    """Draws what it is given. Wheel and mouse only say what somebody wants, as keys do."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"plot--axis"}

    @dataclass
    class Wheel(Message):
        """The wheel was turned: upwards or not, over this share of the width."""

        up: bool
        at: float

    @dataclass
    class Dragged(Message):
        """The picture was drawn aside, by shares of width and height."""

        across: float
        up: float

    def __init__(self, decimal_mark: str, glyphs: Glyphs) -> None:
        super().__init__(id="plot-drawn")
        self._decimal_mark, self._glyphs = decimal_mark, glyphs
        self._shown: list[tuple[Trace, str, str]] = []
        self._window: Window | None = None
        self._rows: list[Strip] = []

    @property
    def columns(self) -> int:
        """So many points stand beside one another."""
        return max(1, self._field.width) * (2 if self._glyphs.braille else 1)

    @property
    def _field(self) -> Size:
        """The characters in which lines are drawn."""
        return Size(max(0, self.size.width - _MARGIN), max(0, self.size.height - _FOOT))

    def draw(self, drawn: Sequence[Trace], window: Window, signs: Sequence[str], colours: Sequence[str]) -> None:
        """Show this instead of what was shown."""
        self._shown = [(trace, signs[trace.number], colours[trace.number]) for trace in drawn]
        self._window = window
        self._rows = []
        self.refresh()

    def notify_style_update(self) -> None:
        """Other colours, when it gets the focus or the theme changes."""
        super().notify_style_update()
        self._rows = []

    def render_line(self, y: int) -> Strip:
        """One row of the picture; all are drawn when the first of them is asked for."""
        if len(self._rows) != self.size.height:
            self._rows = list(self._draw_rows())
        return self._rows[y] if y < len(self._rows) else Strip.blank(self.size.width, self.rich_style)

    def _draw_rows(self) -> Iterator[Strip]:
        cells: Cells = {}
        if self._window is not None and self._field.area:
            cells |= self._axes(self._window)
            cells |= self._lines(self._window)
        blank = (" ", self.rich_style)
        for y in range(self.size.height):
            row = [cells.get((x, y), blank) for x in range(self.size.width)]
            yield Strip([Segment(letter, style) for letter, style in row], self.size.width).simplify()

    def _axes(self, window: Window) -> Cells:
        """The two axes, with as many numbers as have room."""
        field, glyphs = self._field, self._glyphs
        line, text = self.get_component_rich_style("plot--axis"), self.rich_style
        cells: Cells = {(_MARGIN - 1, y): (glyphs.side, line) for y in range(field.height)}
        cells |= {(x, field.height): (glyphs.line, line) for x in range(_MARGIN - 1, self.size.width)}
        heights = marks(window.low, window.high, max(2, min(8, field.height // 2)))
        for value, words in zip(heights, mark_texts(heights, self._decimal_mark), strict=True):
            y = min(int((window.high - value) / (window.high - window.low) * field.height), field.height - 1)
            words = words[: _MARGIN - 1]
            _put(cells, _MARGIN - 1 - len(words), y, words, text)
        times = marks(window.from_ms / 1000, window.to_ms / 1000, max(2, field.width // _TICK_COLUMNS))
        for number, (time_s, words) in enumerate(zip(times, mark_texts(times, self._decimal_mark), strict=True)):
            x = min(int((time_s * 1000 - window.from_ms) / (window.to_ms - window.from_ms) * field.width), field.width - 1)
            words += " s" if number == len(times) - 1 else ""
            at = min(_MARGIN + x - cell_len(words) // 2, self.size.width - cell_len(words))
            _put(cells, max(0, at), field.height + 1, words, text)
        return cells

    def _lines(self, window: Window) -> Cells:
        field, ground = self._field, self.rich_style
        cells: Cells = {}
        lines = [(self._dots(trace, window, field), sign, ground + Style(color=colour)) for trace, sign, colour in self._shown]
        for dots, _, style in lines:
            drawn = stroke(dots, field.width, field.height, self._glyphs.braille)
            cells |= {(x + _MARGIN, y): (letter, style) for (x, y), letter in drawn.items()}
        for number, (dots, sign, style) in enumerate(lines):
            strong = style + Style(bold=True)
            cells |= {(x + _MARGIN, y): (sign, strong) for x, y in _sign_places(dots, number)}
        return cells

    @staticmethod
    def _dots(trace: Trace, window: Window, field: Size) -> list[Dot]:
        """Where the points are in the field; what is above or below it is at its edge."""
        across, up = field.width / (window.to_ms - window.from_ms), field.height / (window.high - window.low)
        right, bottom = field.width - _EDGE, field.height - _EDGE
        return [
            (min((t_ms - window.from_ms) * across, right), min(max((window.high - value) * up, 0.0), bottom))
            for t_ms, value in zip(trace.times_ms, trace.values, strict=True)
        ]

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """More closely."""
        event.stop()
        self.post_message(self.Wheel(True, self._share(event)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """From farther away."""
        event.stop()
        self.post_message(self.Wheel(False, self._share(event)))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drawn aside."""
        if event.button and (event.delta_x or event.delta_y):
            width, height = max(1, self._field.width), max(1, self._field.height)
            self.post_message(self.Dragged(-event.delta_x / width, event.delta_y / height))

    def _share(self, event: events.MouseEvent) -> float:
        x = event.screen_x - self.region.x - _MARGIN
        return min(max(x / max(1, self._field.width), 0.0), 1.0)


def _put(cells: Cells, x: int, y: int, words: str, style: Style) -> None:
    cells |= {(x + place, y): (letter, style) for place, letter in enumerate(words)}


def _sign_places(dots: Sequence[Dot], number: int) -> Iterator[tuple[int, int]]:
    """Some of a line's characters carry its sign, each line's at other places; each line has one at least."""
    if not dots:
        return
    wanted = _SIGN_COLUMNS * (number % 8 + 0.5) / 8
    if dots[-1][0] < wanted:
        yield int(dots[-1][0]), int(dots[-1][1])
    for x, y in dots:
        if x >= wanted:
            yield int(x), int(y)
            wanted += _SIGN_COLUMNS * (1 + (x - wanted) // _SIGN_COLUMNS)
