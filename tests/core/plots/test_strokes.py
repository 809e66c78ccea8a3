"""A line drawn with characters meets all its dots, has no gap, and stays in its field."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.plots.strokes import stroke

_DOTS = st.lists(st.tuples(st.floats(0, 39.99), st.floats(0, 9.99)), min_size=1, max_size=40).map(sorted)


@given(_DOTS, st.booleans())
def test_a_line_meets_its_dots_and_has_no_gap(dots: list[tuple[float, float]], fine: bool) -> None:
    """Each column between the first and the last dot is met."""
    cells = stroke(dots, 40, 10, fine)
    assert {(int(x), int(y)) for x, y in dots} <= set(cells)
    assert {x for x, _ in cells} == set(range(int(dots[0][0]), int(dots[-1][0]) + 1))
    assert all(0 <= y < 10 for _, y in cells)
    assert all(letter.strip(" ⠀") for letter in cells.values())


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), max_size=10).map(sorted), st.booleans())
def test_nothing_is_drawn_outside(dots: list[tuple[float, float]], fine: bool) -> None:
    """Wherever the dots are."""
    assert all(0 <= x < 40 and 0 <= y < 10 for x, y in stroke(dots, 40, 10, fine))


def test_a_line_ends_in_its_last_dot_however_its_slope_is_rounded() -> None:
    """The slope times the length may be a hair less than the height."""
    assert (36, 1) in stroke([(18.540531031192728, 0.0), (36.0, 1.0)], 40, 10, fine=False)


def test_a_peak_is_a_line_from_below_to_above() -> None:
    """In the column where it is."""
    assert stroke([(0, 0), (0, 2.9)], 1, 3, fine=True) == {(0, 0): "⡇", (0, 1): "⡇", (0, 2): "⡇"}
    assert stroke([(0, 0.5), (0.5, 0.5)], 1, 1, fine=False) == {(0, 0): "."}
