"""Lines as a pupil moves them, and how that is kept."""

from __future__ import annotations

import pytest
from lovhe.apps.workspace.line_order import LineOrder, order_text, read_order


def test_what_nobody_moved_is_no_answer_and_all_lines_stand_in_the_program() -> None:
    """So the first run runs them all."""
    assert read_order("", 3) == LineOrder((1, 2, 3))


@pytest.mark.parametrize("text", ["3 1", "2", " "])
def test_what_is_kept_is_read_again(text: str) -> None:
    """Also that no line belongs."""
    assert order_text(read_order(text, 3)) == text


@pytest.mark.parametrize("text", ["4 1", "1 1", "a b", "0", "\x00"])
def test_what_can_be_no_answer_is_as_if_nothing_were_moved(text: str) -> None:
    """Somebody may have changed the file."""
    assert read_order(text, 3) == LineOrder((1, 2, 3))


def test_a_line_goes_down_over_the_border_and_back() -> None:
    """One key at a time: the last line of the program does not belong after one more step."""
    order, place = LineOrder((1, 2), (3,)).shifted(1, 1)
    assert (order, place) == (LineOrder((1,), (2, 3)), 1)
    order, place = order.shifted(place, -1)
    assert (order, place) == (LineOrder((1, 2), (3,)), 1)
    assert LineOrder((1, 2)).shifted(0, -1) == (LineOrder((1, 2)), 0)


def test_a_line_is_dropped_on_either_side() -> None:
    """With the mouse."""
    assert LineOrder((1, 2, 3)).dropped(2, 0, out=False) == (LineOrder((3, 1, 2)), 0)
    assert LineOrder((1, 2, 3)).dropped(0, 3, out=True) == (LineOrder((2, 3), (1,)), 2)
    assert LineOrder((1, 2), (3,)).dropped(2, 1, out=False) == (LineOrder((1, 3, 2)), 1)
