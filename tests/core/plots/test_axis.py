"""An axis has few marks at round numbers, whatever is in view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.plots.axis import mark_texts, marks, value_text


@given(low=st.floats(-1e100, 1e100), share=st.floats(1e-9, 1e3), most=st.integers(1, 12))
def test_marks_are_few_in_order_and_in_view(low: float, share: float, most: int) -> None:
    """From numbers near nothing to the greatest that a reading has."""
    high = low + max(abs(low), 1e-3) * share
    found = marks(low, high, most)
    assert len(found) <= most
    assert found == sorted(set(found))
    assert all(low <= mark <= high for mark in found)
    assert len(set(mark_texts(found))) == len(found)


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0, 10, ["0", "2", "4", "6", "8", "10"]),
        (-0.31, 0.29, ["-0.3", "-0.2", "-0.1", "0.0", "0.1", "0.2"]),
        (0, 2.3e7, ["0", "5.0e+06", "1.0e+07", "1.5e+07", "2.0e+07"]),
        (998, 1003, ["998", "999", "1000", "1001", "1002", "1003"]),
    ],
)
def test_marks_are_round(low: float, high: float, texts: list[str]) -> None:
    """Multiples of 1, 2 or 5 times a power of ten, all with the same decimals."""
    assert mark_texts(marks(low, high, 6)) == texts


def test_numbers_are_written_with_the_languages_mark() -> None:
    """A comma in Azerbaijani and Russian."""
    assert mark_texts([0.5, 1.0], ",") == ["0,5", "1,0"]
    assert value_text(21.504, ",") == "21,5"


@given(st.floats(-1e100, 1e100))
def test_a_value_is_short(value: float) -> None:
    """It has eleven characters at most, and is near what it stands for."""
    text = value_text(value)
    assert len(text) <= 11
    assert float(text) == pytest.approx(value, rel=1e-3)
