"""Amounts mean what a person reads in them, and anything else is refused with examples."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.amounts import parse_amount, parse_duration_ms, parse_number
from lovhe.core.errors import LessonError


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("1 s ± 10 %", "time", 900, 1100),
        ("1s±10%", "time", 900, 1100),
        ("1 s +- 10 %", "time", 900, 1100),
        ("1 s +/- 100 ms", "time", 900, 1100),
        ("1,5 s ± 10 %", "time", 1350, 1650),
        ("1 ± 0,1 s", "time", 900, 1100),
        ("500 ms", "time", 500, 500),
        ("1 min", "time", 60_000, 60_000),
        ("0.5 s … 1 s", "time", 500, 1000),
        ("0.5 … 1 s", "time", 500, 1000),
        ("500 ms to 1 s", "time", 500, 1000),
        ("≥ 4", "count", 4, math.inf),
        (">=4", "count", 4, math.inf),
        ("<= 3", "count", -math.inf, 3),
        ("2", "count", 2, 2),
        ("2..5", "count", 2, 5),
        ("2 – 5", "count", 2, 5),
        ("50 % ± 10 %", "percent", 40, 60),
        ("20 % … 40 %", "percent", 20, 40),
        ("440 Hz ± 5 %", "frequency", 418, 462),
        ("≥ 1 kHz", "frequency", 1000, math.inf),
        ("23.5 °C ± 2 °C", "number", 21.5, 25.5),
        ("-5 °C … 10 °C", "number", -5, 10),
        ("−5 … 5", "number", -5, 5),
    ],
)
def test_an_amount_is_the_range_a_person_reads(text, kind, low, high):
    """Units are brought to ms, Hz and per cent; both ends of the range belong to it."""
    amount = parse_amount(text, kind)
    assert (amount.low, amount.high) == (pytest.approx(low), pytest.approx(high))
    assert amount.contains(low) or math.isinf(low)
    assert amount.contains(high) or math.isinf(high)


def test_more_than_is_not_as_many_as():
    """A strict sign leaves its number out."""
    assert not parse_amount("> 3", "count").contains(3)
    assert parse_amount("> 3", "count").contains(4)
    assert not parse_amount("< 3", "count").contains(3)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "count"),
        ("many", "count"),
        ("4 s", "count"),
        ("4", "time"),
        ("1 s ± 2 Hz", "time"),
        ("5 … 2", "count"),
        ("1 s … 2", "percent"),
        ("50", "percent"),
        ("1 s ± ", "time"),
        ("1 2", "count"),
        ("nan", "number"),
        ("inf", "number"),
        ("1" * 100, "count"),
    ],
)
def test_what_is_no_amount_is_named_and_examples_are_shown(text, kind):
    """The error holds the text as written and an example of its kind."""
    with pytest.raises(LessonError) as caught:
        parse_amount(text, kind)
    assert text[:40] in str(caught.value.what)
    assert '"' in str(caught.value.next_step)


def test_a_duration_is_one_time():
    """A range, a count and a negative time are no duration."""
    assert parse_duration_ms("1,5 s") == 1500
    for text in ("1 s ± 10 %", "5", "-1 s", "≥ 1 s"):
        with pytest.raises(LessonError):
            parse_duration_ms(text)


def test_a_number_comes_with_its_unit():
    """Set values are compared by their number."""
    assert parse_number("80 %") == (80, "%")
    assert parse_number("pressed") is None


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused(text):
    """No text brings another exception than `LessonError`, or a range that is upside down."""
    for kind in ("time", "count", "percent", "frequency", "number"):
        try:
            amount = parse_amount(text, kind)
        except LessonError:
            continue
        assert amount.low <= amount.high


@given(st.decimals(min_value=0, max_value=10_000, places=3), st.integers(0, 99), st.sampled_from(["ms", "s"]))
def test_a_value_lies_in_its_own_tolerance(value, percent, unit):
    """Whatever the value, ± some per cent holds it."""
    factor = 1000 if unit == "s" else 1
    assert parse_amount(f"{value} {unit} ± {percent} %", "time").contains(float(value) * factor, slack=1e-6)


@given(st.from_regex(r"[0-9.,±+\-…%smhHkz ≥≤<>to]{0,40}", fullmatch=True))
def test_texts_near_an_amount_are_read_or_refused(text):
    """The same for texts made of the letters that amounts are made of."""
    try:
        amount = parse_amount(text)
    except LessonError:
        return
    assert not math.isnan(amount.low)
