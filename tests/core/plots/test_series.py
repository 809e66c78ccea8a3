"""Every reading is kept, by name and in its order, until there are too many; then the oldest go, and that is told."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.checks.evidence import Event
from lovhe.core.plots.series import BLOCK, MOST_POINTS, MOST_SERIES, Readings, Series


def _text(t_ms: int, text: str) -> Event:
    return Event(t_ms, "text", [text])


def test_readings_come_from_shown_values_and_from_printed_lines() -> None:
    """`show`, `name: value`, `>name:value` and bare numbers; a number without a name is the first of its line, others by their place."""
    readings = Readings()
    readings.add(
        [
            Event(0, "begin", [1, 1, "main.py"]),
            Event(5, "show", [{"light": 512, "on": True, "word": "no number"}]),
            _text(10, "temperature: 21.5\r\n>speed:7|g\n"),
            _text(20, "3 4 5\n"),
        ]
    )
    found = {name: (list(series.times_ms), list(series.values)) for name, series in readings.series.items()}
    assert found == {
        "light": ([5], [512]),
        "on": ([5], [1]),
        "temperature": ([10], [21.5]),
        "speed": ([10], [7]),
        "": ([20], [3]),
        "#2": ([20], [4]),
        "#3": ([20], [5]),
    }
    assert readings.series[""].shown == "#1"


def test_a_line_counts_when_it_is_whole() -> None:
    """Text comes in pieces wherever the board's buffer ends; the program's end ends its last line, too."""
    readings = Readings()
    readings.add([_text(1, "light"), _text(2, ": 1"), _text(3, "23\nligh")])
    assert list(readings.series["light"].values) == [123]
    readings.add([_text(4, "t: 7"), Event(9, "end", ["done", "", "", 0])])
    assert list(readings.series["light"].values) == [123, 7]


def test_a_text_without_an_end_takes_no_room() -> None:
    """Only the begin of an endless line is kept."""
    readings = Readings()
    for t_ms in range(1_000):
        readings.add([_text(t_ms, "x" * 1_000)])
    assert len(readings._open) <= 500


def test_there_is_room_for_eight_names_and_the_ninth_is_told() -> None:
    """What is left out stays out, is named, and changes nothing of the others."""
    readings = Readings()
    readings.add([Event(t_ms, "show", [{f"n{number}": number for number in range(MOST_SERIES + 2)}]) for t_ms in range(3)])
    assert list(readings.series) == [f"n{number}" for number in range(MOST_SERIES)]
    assert [series.number for series in readings.series.values()] == list(range(MOST_SERIES))
    assert readings.left_out == ["n8", "n9"]


def test_a_new_run_begins_anew() -> None:
    """Nothing of the run before stays in the plot."""
    readings = Readings()
    readings.add([Event(t_ms, "show", [{f"n{t_ms}": 1}]) for t_ms in range(9)])
    readings.add([Event(0, "begin", [1, 1, "main.py"])])
    assert not readings.any
    assert not readings.left_out


@pytest.mark.parametrize(("value", "kept"), [(float("nan"), []), (float("inf"), [1e100]), (-1e300, [-1e100])])
def test_what_is_no_number_is_no_reading_and_the_greatest_ones_can_be_drawn(value: float, kept: list[float]) -> None:
    """Numbers near the end of what a float holds are brought nearer."""
    readings = Readings()
    readings.add([Event(0, "show", [{"n": value}])])
    assert [number for series in readings.series.values() for number in series.values] == kept


def test_time_does_not_run_backwards() -> None:
    """A late text counts as simultaneous with what came before it."""
    series = Series("a", 0)
    for t_ms in (5, 3, 8):
        series.add(t_ms, t_ms)
    assert list(series.times_ms) == [5, 5, 8]


def test_the_oldest_go_when_there_are_too_many() -> None:
    """The newest ones stay in their order, the count of the others is known, and the memory is that of the bound."""
    most = 40 * BLOCK
    series = Series("a", 0, most)
    for number in range(10 * most):
        series.add(number, number)
    assert len(series) <= most
    assert list(series.values) == list(range(10 * most - len(series), 10 * most))
    assert len(series) + series.dropped == 10 * most
    assert len(series) > most * 0.9


def test_an_hour_at_a_hundred_readings_a_second_takes_no_more_room_than_a_quarter_of_it() -> None:
    """Eight series of an hour's readings: what is kept is bounded in number and in bytes."""
    readings = Readings()
    sizes = []
    for second in range(3_600):
        readings.add([Event(second * 1000 + 10 * part, "show", [{f"n{n}": part + n for n in range(8)}]) for part in range(100)])
        if second % 900 == 899:
            sizes.append(sum(series.size_bytes for series in readings.series.values()))
    assert all(len(series) <= MOST_POINTS for series in readings.series.values())
    assert all(len(series) + series.dropped == 360_000 for series in readings.series.values())
    assert readings.dropped == sum(series.dropped for series in readings.series.values())
    limit = MOST_SERIES * MOST_POINTS * 17
    assert max(sizes) <= limit
    assert sizes[-1] <= sizes[1] * 1.1


@given(
    values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=5 * BLOCK),
    more=st.integers(0, 6 * BLOCK),
    ends=st.tuples(st.integers(0, 1000), st.integers(0, 1000)),
)
def test_extremes_are_those_of_all_values_between(values: list[float], more: int, ends: tuple[int, int]) -> None:
    """Also where whole blocks are skipped, and after the oldest have gone."""
    series = Series("a", 0, 4 * BLOCK)
    filler = random.Random(7)
    for number, value in enumerate([*values, *(filler.uniform(-2e6, 2e6) for _ in range(more))]):
        series.add(number, value)
    begin, end = sorted(place % (len(series) + 1) for place in ends)
    if begin == end:
        begin, end = 0, len(series)
    least, greatest = series.extremes(begin, end)
    assert begin <= least < end
    assert begin <= greatest < end
    assert series.values[least] == min(series.values[begin:end])
    assert series.values[greatest] == max(series.values[begin:end])
