"""Two versions side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.work.comparing import side_by_side

_texts = st.lists(st.sampled_from(["a", "b", "    c", "", "d = 1"]), max_size=12).map("\n".join)


@given(_texts, _texts)
def test_all_lines_of_both_are_there(old: str, new: str) -> None:
    """Nothing is left out, nothing added, and only rows that are the same have no sign."""
    rows = side_by_side(old, new)
    assert [row.old for row in rows if row.sign in " ►-"] == old.splitlines()
    assert [row.new for row in rows if row.sign in " ►+"] == new.splitlines()
    assert all((row.old == row.new) is (row.sign == " ") for row in rows if row.sign in " ►")


def test_signs() -> None:
    """Changed, gone and added lines can be told apart without colours."""
    rows = side_by_side("a\nb\nc\nd", "a\nB\nd\ne")
    assert [(row.sign, row.old, row.new) for row in rows] == [
        (" ", "a", "a"),
        ("►", "b", "B"),
        ("-", "c", ""),
        (" ", "d", "d"),
        ("+", "", "e"),
    ]
