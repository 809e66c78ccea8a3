"""A plot's picture: whole whatever names and numbers are in it, and readable without colours."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.checks.evidence import Event
from lovhe.core.plots.picture import COLOURS, DASHES, SIGNS, Line, Picture, Shape, Words, picture
from lovhe.core.plots.series import MOST_SERIES, Readings
from lovhe.core.plots.svg_picture import svg_picture
from lovhe.core.plots.view import View, traces

_SVG = "{http://www.w3.org/2000/svg}"


def _picture(readings: Readings, title: str = "A title", view: View | None = None) -> Picture:
    window = (view or View()).window(readings)
    return picture(traces(readings, window), window, title, "time (s)")


def test_series_are_told_apart_without_colour() -> None:
    """Each has a dash and a sign of its own."""
    assert len(set(DASHES)) == len(set(SIGNS)) == len(set(COLOURS)) == MOST_SERIES
    readings = Readings()
    readings.add([Event(t_ms, "show", [{f"n{n}": t_ms * n for n in range(MOST_SERIES)}]) for t_ms in range(0, 5_000, 10)])
    drawn = _picture(readings)
    long_lines = [shape for shape in drawn.shapes if isinstance(shape, Line) and len(shape.points) > 100]
    assert len(long_lines) == MOST_SERIES
    assert all(a.dashes != b.dashes for a, b in combinations(long_lines, 2))
    assert {shape.sign for shape in drawn.shapes if isinstance(shape, Shape)} == set(SIGNS)


def test_the_legend_tells_names_and_last_values() -> None:
    """In the picture itself, which goes into a report alone."""
    readings = Readings()
    readings.add([Event(0, "show", [{"light": 1}]), Event(900, "show", [{"light": 512}])])
    said = [shape.text for shape in _picture(readings).shapes if isinstance(shape, Words)]
    assert "light: 512" in said
    assert "time (s)" in said
    assert "A title" in said


@given(st.dictionaries(st.text(max_size=80), st.floats(), max_size=9), st.text(max_size=60))
def test_the_picture_is_whole_whatever_is_in_it(shown: dict[str, float], title: str) -> None:
    """Every browser can read it, and nothing is drawn outside it."""
    readings = Readings()
    readings.add([Event(0, "show", [shown]), Event(50, "show", [dict.fromkeys(shown, 1.0)])])
    drawn = _picture(readings, title)
    root = ElementTree.fromstring(svg_picture(drawn))
    assert root.tag == f"{_SVG}svg"
    for line in (shape for shape in drawn.shapes if isinstance(shape, Line)):
        assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in line.points)


def test_what_is_above_the_window_is_drawn_at_its_edge() -> None:
    """Somebody has looked more closely."""
    readings, view = Readings(), View()
    readings.add([Event(t_ms, "show", [{"a": t_ms % 100}]) for t_ms in range(1_000)])
    view.zoom_heights(readings, 0.1)
    drawn = _picture(readings, view=view)
    ys = [y for shape in drawn.shapes if isinstance(shape, Line) and len(shape.points) > 100 for _, y in shape.points]
    assert min(ys) == 48
    assert max(ys) == 400
