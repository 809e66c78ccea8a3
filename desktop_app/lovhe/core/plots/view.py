"""What of a plot is in view: a window of time and of values, moved and zoomed without a screen, and the few points that are drawn of it."""

from __future__ import annotations

import math
from bisect import bisect_left

import msgspec

from lovhe.core.plots.series import BLOCK, Readings, Series

IN_VIEW = 500
"""So many points of a series are drawn at most, and so many of the newest ones are in view at first."""
_SHORTEST_MS = 10.0
_LONGEST_MS = 1e12
_LEAST_SPAN = 1e-9
_MARGIN = 0.06


class Window(msgspec.Struct, frozen=True):
    """From when to when, in ms of the board's time, and from which value to which."""

    from_ms: float
    to_ms: float
    low: float
    high: float


class Trace(msgspec.Struct, frozen=True):
    """The points that are drawn of one series."""

    name: str
    number: int
    times_ms: list[float]
    values: list[float]
    last: float | None


class View:
    """How the readings are looked at: at first the newest ones, which the window follows.

    `whole` shows all that is kept. `span_ms` and `end_ms` are a window that somebody has chosen, None for the newest readings;
    `heights` are the values somebody has chosen, None for all that are in view. `paused_ms` is when the picture was stopped, None while
    it goes on; readings are kept all the same.
    """

    def __init__(self) -> None:
        self.paused_ms: float | None = None
        self.show_newest()

    def show_newest(self) -> None:
        """As at first."""
        self.whole = False
        self.span_ms: float | None = None
        self.end_ms: float | None = None
        self.heights: tuple[float, float] | None = None

    def show_all(self) -> None:
        """All that is kept, as high as it needs."""
        self.show_newest()
        self.whole = True

    def pause(self, readings: Readings) -> None:
        """The picture stays as it is."""
        self.paused_ms = float(readings.last_ms)

    def go_on(self) -> None:
        """The window follows the newest readings again, as wide as it is."""
        self.paused_ms = self.end_ms = None

    def window(self, readings: Readings) -> Window:
        """What is in view now."""
        from_ms, to_ms = self._times(readings)
        low, high = self.heights or fitted_heights(readings, from_ms, to_ms)
        return Window(from_ms, to_ms, low, high)

    @property
    def follows(self) -> bool:
        """Whether the newest reading is in view."""
        return self.end_ms is None

    def zoom(self, readings: Readings, factor: float, at: float | None = None) -> None:
        """Show `factor` times the time; what is at the share `at` of the width stays there: the newest reading while it is followed."""
        from_ms, to_ms = self._times(readings)
        if at is None:
            at = 1.0 if self.follows else 0.5
        span_ms = min(max((to_ms - from_ms) * factor, _SHORTEST_MS), _LONGEST_MS)
        self._look_at(readings, from_ms + (to_ms - from_ms) * at - span_ms * at, span_ms)

    def zoom_heights(self, readings: Readings, factor: float) -> None:
        """Show `factor` times the values, about the middle."""
        window = self.window(readings)
        middle, half = (window.low + window.high) / 2, max((window.high - window.low) * factor / 2, _least(window.low, window.high))
        self.heights = middle - half, middle + half

    def move(self, readings: Readings, share: float) -> None:
        """Go by a share of the width: later, or earlier where it is negative; at most until half of the view is empty."""
        from_ms, to_ms = self._times(readings)
        span_ms = to_ms - from_ms
        self._look_at(readings, max(from_ms + span_ms * share, min(from_ms, readings.first_ms - span_ms / 2)), span_ms)

    def rise(self, readings: Readings, share: float) -> None:
        """Go up by a share of the height, or down."""
        window = self.window(readings)
        by = (window.high - window.low) * share
        self.heights = window.low + by, window.high + by

    def _times(self, readings: Readings) -> tuple[float, float]:
        newest = readings.last_ms if self.paused_ms is None else min(self.paused_ms, readings.last_ms)
        if self.whole:
            return _wide(readings.first_ms, newest)
        if self.span_ms is None:
            return _wide(_begin_of_newest(readings, newest), newest)
        end_ms = newest if self.end_ms is None else self.end_ms
        return end_ms - self.span_ms, end_ms

    def _look_at(self, readings: Readings, from_ms: float, span_ms: float) -> None:
        newest = readings.last_ms if self.paused_ms is None else self.paused_ms
        self.whole = False
        self.span_ms = span_ms
        self.end_ms = from_ms + span_ms if from_ms + span_ms < newest else None


def fitted_heights(readings: Readings, from_ms: float, to_ms: float) -> tuple[float, float]:
    """From the least to the greatest value in view, with a little room above and below; 0 to 1 where there is none."""
    values = []
    for series in readings.series.values():
        begin, end = series.between(from_ms, to_ms)
        if begin < end:
            values += [series.values[index] for index in series.extremes(begin, end)]
        values += [value for value in (_crossing(series, from_ms), _crossing(series, to_ms)) if value is not None]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    room = max((high - low) * _MARGIN, _least(low, high) if high > low else max(abs(high) * 0.1, 1.0))
    return low - room, high + room


def traces(readings: Readings, window: Window, most: int = IN_VIEW) -> list[Trace]:
    """What is drawn in this window, `most` points of a series at most besides its ends: no peak is lost, however many there are."""
    return [
        Trace(series.shown, series.number, *thinned(series, window.from_ms, window.to_ms, most), series.at(window.to_ms))
        for series in readings.series.values()
    ]


def thinned(series: Series, from_ms: float, to_ms: float, most: int = IN_VIEW) -> tuple[list[float], list[float]]:
    """Times and values of a series in view. Of each column of time the least and the greatest one stay when there are more than `most`.

    Where the line goes on outside, it is led to the edges of the window.
    """
    begin, end = series.between(from_ms, to_ms)
    chosen = list(range(begin, end)) if end - begin <= most else _peaks(series, begin, end, from_ms, to_ms, max(1, most // 2))
    times: list[float] = [series.times_ms[index] for index in chosen]
    values = [series.values[index] for index in chosen]
    if (before := _crossing(series, from_ms)) is not None:
        times.insert(0, from_ms)
        values.insert(0, before)
    if (after := _crossing(series, to_ms)) is not None:
        times.append(to_ms)
        values.append(after)
    return times, values


def _peaks(series: Series, begin: int, end: int, from_ms: float, to_ms: float, columns: int) -> list[int]:
    """Where a column has many blocks of readings, it ends where a block does: so they need not be looked at one by one."""
    chosen: list[int] = []
    coarse = end - begin > 2 * BLOCK * columns
    low = begin
    for column in range(1, columns + 1):
        edge_ms = math.ceil(from_ms + (to_ms - from_ms) * column / columns)
        high = end if column == columns else bisect_left(series.times_ms, edge_ms, low, end)
        if coarse and column < columns:
            high = max(low, high // BLOCK * BLOCK)
        if low < high:
            chosen += sorted(set(series.extremes(low, high)))
        low = high
    return chosen


def _crossing(series: Series, t_ms: float) -> float | None:
    """The value of the line between two readings at an edge of the window; None where it does not cross it."""
    after = bisect_left(series.times_ms, t_ms)
    if not 0 < after < len(series) or series.times_ms[after] == t_ms:
        return None
    t0, t1, v0, v1 = series.times_ms[after - 1], series.times_ms[after], series.values[after - 1], series.values[after]
    return v0 + (v1 - v0) * (t_ms - t0) / (t1 - t0)


def _begin_of_newest(readings: Readings, newest: float) -> float:
    """The time from which on no series has more than fit in view; the first reading where none has so many."""
    begins, full = [], []
    for series in readings.series.values():
        end = series.between(-math.inf, newest)[1]
        begins.append(series.times_ms[max(0, end - IN_VIEW)])
        if end > IN_VIEW:
            full.append(begins[-1])
    return float(max(full) if full else min(begins, default=0))


def _wide(from_ms: float, to_ms: float) -> tuple[float, float]:
    return (float(from_ms), float(to_ms)) if to_ms - from_ms >= _SHORTEST_MS else (to_ms - _SHORTEST_MS, float(to_ms))


def _least(low: float, high: float) -> float:
    return max(abs(low), abs(high), 1e-3) * _LEAST_SPAN
