"""What is in view of a plot: the newest readings at first, then what somebody has chosen; no peak is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.checks.evidence import Event
from lovhe.core.plots.series import Readings, Series
from lovhe.core.plots.view import IN_VIEW, View, Window, fitted_heights, thinned, traces


def _readings(count: int, step_ms: int = 10, name: str = "a") -> Readings:
    readings = Readings()
    readings.add([Event(number * step_ms, "show", [{name: number}]) for number in range(count)])
    return readings


def test_at_first_the_newest_five_hundred_are_in_view() -> None:
    """All as long as there are fewer; a slow series beside a fast one does not change that."""
    readings = _readings(300)
    window = View().window(readings)
    assert (window.from_ms, window.to_ms) == (0, 2990)
    readings = _readings(2_000)
    readings.add([Event(19_000, "show", [{"slow": 5}])])
    window = View().window(readings)
    assert window.to_ms == 19_990
    begin, end = readings.series["a"].between(window.from_ms, window.to_ms)
    assert end - begin == IN_VIEW


def test_without_readings_there_is_a_window_all_the_same() -> None:
    """With one reading, too."""
    for readings in (Readings(), _readings(1)):
        window = View().window(readings)
        assert window.to_ms > window.from_ms
        assert window.high > window.low


def test_a_paused_picture_stays_while_readings_go_on() -> None:
    """And goes on with the newest ones, as wide as it was."""
    readings, view = _readings(800), View()
    view.zoom(readings, 0.5)
    before = view.window(readings)
    view.pause(readings)
    readings.add([Event(8_000 + number * 10, "show", [{"a": 1}]) for number in range(500)])
    assert view.window(readings) == before
    view.go_on()
    after = view.window(readings)
    assert after.to_ms == readings.last_ms
    assert after.to_ms - after.from_ms == before.to_ms - before.from_ms


def test_closer_follows_the_newest_reading_until_somebody_moves_away() -> None:
    """Moving later than the newest follows it again."""
    readings, view = _readings(800), View()
    view.zoom(readings, 0.5)
    assert view.window(readings).to_ms == readings.last_ms
    view.move(readings, -0.5)
    assert not view.follows
    here = view.window(readings)
    readings.add([Event(9_000, "show", [{"a": 1}])])
    assert view.window(readings).to_ms == here.to_ms
    view.move(readings, 5)
    assert view.follows


def test_the_place_under_the_mouse_stays_where_it_is() -> None:
    """Closer, and back."""
    readings, view = _readings(800), View()
    view.show_all()
    view.zoom(readings, 0.5, 0.25)
    window = view.window(readings)
    assert window.from_ms + (window.to_ms - window.from_ms) * 0.25 == pytest.approx(7990 * 0.25)


def test_nobody_gets_lost_before_the_begin() -> None:
    """However often one moves earlier, some readings are in view."""
    readings, view = _readings(800), View()
    for _ in range(100):
        view.move(readings, -0.9)
    window = view.window(readings)
    assert window.to_ms > readings.first_ms


def test_all_shows_all_and_chosen_heights_stay() -> None:
    """Until all is asked for again."""
    readings, view = _readings(2_000), View()
    view.rise(readings, 0.5)
    view.zoom_heights(readings, 0.5)
    chosen = view.window(readings)
    readings.add([Event(20_000, "show", [{"a": 1e6}])])
    assert (view.window(readings).low, view.window(readings).high) == (chosen.low, chosen.high)
    view.show_all()
    window = view.window(readings)
    assert (window.from_ms, window.to_ms) == (0, 20_000)
    assert window.low < 0
    assert window.high > 1e6


def test_heights_fit_what_is_in_view_alone() -> None:
    """A peak that is not in view does not press the others flat."""
    readings = _readings(100)
    readings.add([Event(1_000, "show", [{"a": 1e6}]), Event(1_010, "show", [{"a": 3}]), Event(1_500, "show", [{"a": 3}])])
    low, high = fitted_heights(readings, 1_020, 1_490)
    assert low < 3 < high < 10


@st.composite
def _series(draw: st.DrawFn) -> Series:
    series = Series("a", 0)
    t_ms = 0
    pattern = draw(st.lists(st.tuples(st.integers(0, 30), st.floats(-1e3, 1e3)), min_size=1, max_size=300))
    for step_ms, value in pattern * draw(st.integers(1, 12)):
        t_ms += step_ms
        series.add(t_ms, value)
    return series


@given(series=_series(), most=st.integers(2, IN_VIEW), share=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_thinning_loses_no_peak(series: Series, most: int, share: tuple[float, float]) -> None:
    """The least and greatest in view are drawn, in order of time, not more than asked for besides the two ends."""
    last = max(1, series.times_ms[-1])
    from_ms, to_ms = sorted(part * last for part in share)
    times, values = thinned(series, from_ms, to_ms, most)
    begin, end = series.between(from_ms, to_ms)
    assert times == sorted(times)
    assert all(from_ms <= t_ms <= to_ms for t_ms in times)
    assert len(times) <= most + 2
    if begin < end:
        assert min(series.values[begin:end]) in values
        assert max(series.values[begin:end]) in values
    if end - begin <= most:
        assert list(series.values[begin:end]) == [v for t, v in zip(times, values, strict=True) if t in series.times_ms]


def test_a_single_peak_among_a_hundred_thousand_is_drawn() -> None:
    """Wherever it is."""
    for place in (0, 31_415, 99_998):
        readings = Readings()
        series = readings.series["a"] = Series("a", 0)
        for number in range(99_999):
            series.add(number * 10, 1e6 if number == place else number % 7)
        view = View()
        view.show_all()
        (trace,) = traces(readings, view.window(readings), 160)
        assert max(trace.values) == 1e6
        assert len(trace.values) <= 162


def test_a_line_is_led_to_the_edges_of_a_window_between_two_readings() -> None:
    """Nothing in view is no empty picture."""
    series = Series("a", 0)
    series.add(0, 0)
    series.add(1_000, 10)
    assert thinned(series, 250, 750) == ([250, 750], [2.5, 7.5])


def test_the_last_value_is_that_of_the_windows_end() -> None:
    """Not that of now, when an earlier part is in view."""
    readings = _readings(100)
    (trace,) = traces(readings, Window(0, 455, 0, 1))
    assert trace.last == 45
