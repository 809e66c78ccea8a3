"""What the editor does by itself while a program is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.programs import typing_rules as rules


@pytest.mark.parametrize(
    ("before", "spaces"),
    [
        ("while True:", 4),
        ("    if x:  # why: because", 8),
        ("x = 1", 0),
        ("    x = 1", 4),
        ('print("a:")', 0),
        ('print("#:"', 0),
        ("# note:", 0),
        ("    return x", 0),
        ("        break", 4),
        ("returned = 1", 0),
        ("", 0),
    ],
)
def test_the_next_line_begins_where_it_belongs(before: str, spaces: int) -> None:
    """A step to the right after a colon that opens a block, one back after what leaves it."""
    assert rules.next_line_begin(before) == " " * spaces


@pytest.mark.parametrize(
    ("typed", "before", "after", "closer"),
    [
        ("(", "print", "", ")"),
        ("(", "print", " x", ")"),
        ("(", "print", "x", None),
        ('"', "print(", ")", '"'),
        ('"', 'print("a', '")', None),
        ("'", "don", "", None),
        ("'", "f", "", "'"),
        ("'", "x = rb", "", "'"),
        ('"', '""', "", None),
        ("(", '"text ', '"', None),
        ("'", "# it", "", None),
        ("[", "# it", "", None),
        ("x", "", "", None),
    ],
)
def test_what_closes_itself(typed: str, before: str, after: str, closer: str | None) -> None:
    """Brackets and quotes in code do, in texts, comments and words they do not."""
    assert rules.pair_for(typed, before, after) == closer


def test_backspace_takes_pairs_and_steps() -> None:
    """An empty pair goes as a whole; spaces at the begin go back to the step before."""
    assert rules.is_empty_pair("print(", ")")
    assert not rules.is_empty_pair("print(", "]")
    assert [rules.back_to(" " * count) for count in range(1, 9)] == [1, 2, 3, 4, 1, 2, 3, 4]
    assert rules.back_to("  x") == 1


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))))
def test_lines_go_right_and_back(lines: list[str]) -> None:
    """Shifting right and left again gives the lines that were there; so does commenting out and in."""
    assert rules.shifted_left(rules.shifted_right(lines)) == [line if line.strip() else rules.shifted_left([line])[0] for line in lines]
    if not any(line.lstrip().startswith("#") for line in lines):
        assert rules.commented(rules.commented(lines)) == lines


@given(st.text())
def test_what_is_taken_in_is_plain(text: str) -> None:
    """No tab, no carriage return, nothing invisible stays, and taking it in twice changes nothing."""
    taken = rules.taken_in(text)
    assert not set(taken) & set("\r\t\0\x0b\x0c\x1b\x7f\u202e\u2028")
    assert rules.taken_in(taken) == taken


def test_tabs_and_line_ends_of_other_editors() -> None:
    """Windows' and old line ends become ours; a tab goes to the next step."""
    assert rules.taken_in("\ufeffif x:\r\n\ty = 1\r  \tz\0 = 2") == "if x:\n    y = 1\n    z = 2"


def test_finding_goes_round() -> None:
    """From the cursor to the end, then from the begin; the case of letters does not matter."""
    lines = ["led = Pin(2)", "LED.on()", "x"]
    assert rules.find(lines, "led", (0, 0)) == (0, 0)
    assert rules.find(lines, "led", (0, 3)) == (1, 0)
    assert rules.find(lines, "led", (1, 3)) == (0, 0)
    assert rules.find(lines, "none", (1, 3)) is None
    assert rules.find(lines, "", (0, 0)) is None
    assert rules.find(lines, "(", (0, 0)) == (0, 9)
    assert rules.replaced("a.b A.B axb", "a.b", r"\1") == (r"\1 \1 axb", 2)
