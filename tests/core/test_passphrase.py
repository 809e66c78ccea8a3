"""What a passphrase must be."""

from __future__ import annotations

import pytest
from lovhe.core.errors import InputError
from lovhe.core.passphrase import WAITS_S, as_meant, check_new
from lovhe.core.pupils.secrets import wait_s


@pytest.mark.parametrize("typed", ["", "qısa", "1234567", "12345678", "aaaaaaaaaaaa", "ababababab", "x" * 201])
def test_what_is_found_out_at_once_is_refused(typed: str) -> None:
    """Too short, too long, or two letters over and over, or digits alone."""
    with pytest.raises(InputError) as refused:
        check_new(typed)
    assert refused.value.next_step


@pytest.mark.parametrize("typed", ["göy qurşağı", "синий слон в лесу", "correct horse"])
def test_words_of_any_language_make_one(typed: str) -> None:
    """It is kept without spaces around it."""
    assert check_new(f"  {typed} ") == typed


def test_the_same_letters_are_the_same_passphrase() -> None:
    """A letter typed with a mark of its own is the letter that another keyboard has as one."""
    assert as_meant("go\u0308y") == as_meant("g\u00f6y")


def test_five_wrong_ones_are_free_and_the_sixth_waits() -> None:
    """And each one after that waits longer, up to five minutes."""
    waits = [wait_s(wrong, 0.0, WAITS_S) for wrong in range(12)]
    assert waits[:5] == [0.0] * 5
    assert waits[5] > 0
    assert waits == sorted(waits)
    assert waits[-1] == 300.0
