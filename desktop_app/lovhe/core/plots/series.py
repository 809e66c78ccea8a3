"""Named readings over the board's time, each one kept, so that a plot and its table show what the program really told."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from lovhe.core.checks.evidence import Event
from lovhe.core.checks.readings import read_line, reading
from lovhe.core.shown_text import harmless

MOST_SERIES = 8
MOST_POINTS = 100_000
"""In a series; the oldest go first, a twentieth at a time."""
BLOCK = 64
"""So many points share one least and one greatest value, which are found without looking at each point."""
_LONGEST_LINE = 500
_LONGEST_NAME = 60
_MOST_NAMES_LEFT_OUT = 100


class Series:
    """The readings of one name. `times_ms` never falls; `number` is the series' place, 0 to 7, which chooses its sign and colour.

    `dropped` counts the oldest ones that had to go.
    """

    def __init__(self, name: str, number: int, most: int = MOST_POINTS) -> None:
        self.name, self.number = name, number
        self.times_ms, self.values = array("q"), array("d")
        self.dropped = 0
        self._most = most
        self._drop = max(BLOCK, most // 20 // BLOCK * BLOCK)
        self._lows, self._highs = array("d"), array("d")

    def __len__(self) -> int:
        return len(self.values)

    @property
    def shown(self) -> str:
        """The name as it is shown."""
        return self.name or "#1"

    def add(self, t_ms: int, value: float) -> None:
        """One more reading; one that says it is older than the last counts as simultaneous with it."""
        if len(self.values) >= self._most:
            self._forget(self._drop)
        self.times_ms.append(max(t_ms, self.times_ms[-1]) if self.times_ms else t_ms)
        self.values.append(value)
        if len(self.values) % BLOCK == 0:
            newest = self.values[-BLOCK:]
            self._lows.append(min(newest))
            self._highs.append(max(newest))

    def between(self, from_ms: float, to_ms: float) -> tuple[int, int]:
        """The range of indices of the readings from `from_ms` to `to_ms`, both among them."""
        return bisect_left(self.times_ms, from_ms), bisect_right(self.times_ms, to_ms)

    def extremes(self, begin: int, end: int) -> tuple[int, int]:
        """The indices of the least and of the greatest value in `begin` to `end` (not among them); there must be one."""
        return self._extreme(begin, end, self._lows, min), self._extreme(begin, end, self._highs, max)

    def at(self, t_ms: float) -> float | None:
        """The last value at that time; None before the first one."""
        index = bisect_right(self.times_ms, t_ms)
        return self.values[index - 1] if index else None

    def copy(self) -> Series:
        """As it is now, for work in another thread."""
        twin = Series(self.name, self.number, self._most)
        twin.times_ms, twin.values, twin.dropped = self.times_ms[:], self.values[:], self.dropped
        twin._lows, twin._highs = self._lows[:], self._highs[:]
        return twin

    @property
    def size_bytes(self) -> int:
        """What the readings take up in memory."""
        return sum(numbers.buffer_info()[1] * numbers.itemsize for numbers in (self.times_ms, self.values, self._lows, self._highs))

    def _extreme(self, begin: int, end: int, blocks: array[float], choose: Callable[[Iterable[float]], float]) -> int:
        first, last = -(-begin // BLOCK), end // BLOCK
        ranges = [(begin, end)]
        if first < last:
            best = first + (whole := blocks[first:last]).index(choose(whole))
            ranges = [(begin, first * BLOCK), (best * BLOCK, (best + 1) * BLOCK), (last * BLOCK, end)]
        found: dict[float, int] = {}
        for low, high in ranges:
            if low < high:
                part = self.values[low:high]
                value = choose(part)
                found.setdefault(value, low + part.index(value))
        return found[choose(found)]

    def _forget(self, count: int) -> None:
        del self.times_ms[:count], self.values[:count], self._lows[: count // BLOCK], self._highs[: count // BLOCK]
        self.dropped += count


class Readings:
    """All series of one run of a program. `left_out` are the names of those for which there is no room, `any` whether a reading came."""

    def __init__(self, most_points: int = MOST_POINTS) -> None:
        self._most_points = most_points
        self.begin()

    def begin(self) -> None:
        """A run begins: nothing of the one before stays."""
        self.series: dict[str, Series] = {}
        self.left_out: list[str] = []
        self._open = ""

    def add(self, events: Iterable[Event]) -> None:
        """Take the readings among what happened."""
        for event in events:
            match event.kind, event.args:
                case "begin", _:
                    self.begin()
                case "show", [dict() as shown, *_]:
                    for name, value in shown.items():
                        if isinstance(value, int | float):
                            self._take(str(name), event.t_ms, float(value))
                case "text", [str(text), *_]:
                    self._read(text, event.t_ms)
                case "end" | "gone" | "stuck", _:
                    self._read("\n", event.t_ms)

    @property
    def any(self) -> bool:
        """Whether there is a reading."""
        return bool(self.series)

    @property
    def dropped(self) -> int:
        """How many of the oldest readings had to go."""
        return sum(series.dropped for series in self.series.values())

    @property
    def first_ms(self) -> int:
        """The time of the oldest reading that is kept; 0 where there is none."""
        return min((series.times_ms[0] for series in self.series.values()), default=0)

    @property
    def last_ms(self) -> int:
        """The time of the newest reading; 0 where there is none."""
        return max((series.times_ms[-1] for series in self.series.values()), default=0)

    def copy(self) -> Readings:
        """As they are now, for work in another thread."""
        twin = Readings(self._most_points)
        twin.series = {name: series.copy() for name, series in self.series.items()}
        twin.left_out = list(self.left_out)
        return twin

    def _read(self, text: str, t_ms: int) -> None:
        """Text comes in pieces; a line has its readings when it ends. Only the begin of an endless line is looked at."""
        *whole, rest = text.replace("\r", "").split("\n")
        for piece in whole:
            line = (self._open + piece)[:_LONGEST_LINE]
            self._open = ""
            bare = 0
            for found in read_line(line):
                name = found.name
                if not name:
                    bare += 1
                    name = f"#{bare}" if bare > 1 else ""
                self._take(name, t_ms, found.value)
        self._open = (self._open + rest)[:_LONGEST_LINE]

    def _take(self, name: str, t_ms: int, value: float) -> None:
        if math.isnan(value):
            return
        series = self.series.get(name) or self._new_series(harmless(name)[:_LONGEST_NAME])
        if series is not None:
            series.add(t_ms, reading(name, value).value)

    def _new_series(self, name: str) -> Series | None:
        if name in self.series:
            return self.series[name]
        if len(self.series) < MOST_SERIES:
            return self.series.setdefault(name, Series(name, len(self.series), self._most_points))
        if name not in self.left_out and len(self.left_out) < _MOST_NAMES_LEFT_OUT:
            self.left_out.append(name)
        return None
