"""The PNG of a plot shows what its SVG does."""

from __future__ import annotations

import io
import itertools
import math

from hypothesis import given
from hypothesis import strategies as st
from lovhe.adapters.picture_png import dashed, png_picture
from lovhe.core.checks.evidence import Event
from lovhe.core.plots.picture import COLOURS, picture
from lovhe.core.plots.series import Readings
from lovhe.core.plots.view import View, traces
from PIL import Image, ImageColor


def _png(readings: Readings, title: str) -> Image.Image:
    window = View().window(readings)
    drawn = picture(traces(readings, window), window, title, "time (s)")
    image = Image.open(io.BytesIO(png_picture(drawn)))
    assert image.size == (drawn.width, drawn.height)
    return image.convert("RGB")


def test_every_series_is_in_the_picture() -> None:
    """Each in its colour, with letters of three languages beside it."""
    readings = Readings()
    names = ["işıq", "свет", "light", "ə", "ё", "x", "y", "z"]
    readings.add([Event(t_ms, "show", [{name: n * 10 + t_ms % 7 for n, name in enumerate(names)}]) for t_ms in range(0, 9_000, 30)])
    image = _png(readings, "Свет / İşıq")
    seen = {colour for _, colour in image.getcolors(1 << 24) or ()}
    assert all(ImageColor.getrgb(colour) in seen for colour in COLOURS)


def test_letters_that_no_font_has_do_not_cost_the_picture() -> None:
    """They are drawn as well as may be."""
    readings = Readings()
    readings.add([Event(0, "show", [{"光 😀": 1}])])
    _png(readings, "光 😀")


@given(
    st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=2, max_size=20),
    st.lists(st.floats(1, 30), min_size=2, max_size=6).filter(lambda found: len(found) % 2 == 0),
)
def test_a_dashed_line_is_there_as_long_as_its_dashes_say(points: list[tuple[float, float]], dashes: list[float]) -> None:
    """The pieces' lengths are those of the parts that are there."""
    length = sum(math.dist(a, b) for a, b in itertools.pairwise(points))
    pieces = dashed(points, tuple(dashes))
    drawn = sum(math.dist(a, b) for piece in pieces for a, b in itertools.pairwise(piece))
    there, left, turn = 0.0, length, 0
    while left > 0:
        there += min(left, dashes[turn]) if turn % 2 == 0 else 0
        left -= dashes[turn]
        turn = (turn + 1) % len(dashes)
    assert math.isclose(drawn, there, rel_tol=1e-6, abs_tol=1e-6 * (1 + length))
    assert dashed(points, ()) == [points]
