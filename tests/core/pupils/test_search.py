"""A pupil is found by number or by the beginning of the name, whatever alphabet the keyboard is set to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.pupils.search import find_pupils

NAMES = ["Aysel", "İlkin", "Irina", "Şəbnəm", "Əli", "Ülviyyə", "Çinar", "Ирина", "Ёлка", "Anna Maria", "Qızxanım", "Юлия"]
PUPILS = [Pupil(f"id{number}", "7A", number, name) for number, name in enumerate(NAMES, 1)]


def _found(typed: str) -> list[str]:
    return [pupil.first_name for pupil in find_pupils(PUPILS, typed)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", NAMES),
        ("ay", ["Aysel"]),
        ("AY", ["Aysel"]),
        ("i", ["İlkin", "Irina"]),
        ("İ", ["İlkin", "Irina"]),
        ("I", ["İlkin", "Irina"]),
        ("ı", ["İlkin", "Irina"]),
        ("ilk", ["İlkin"]),
        ("ŞƏB", ["Şəbnəm"]),
        ("seb", ["Şəbnəm"]),
        ("e", ["Əli"]),
        ("ul", ["Ülviyyə"]),
        ("cinar", ["Çinar"]),
        ("QIZ", ["Qızxanım"]),
        ("qiz", ["Qızxanım"]),
        ("ирина", ["Ирина"]),
        ("ИР", ["Ирина"]),
        ("елка", ["Ёлка"]),
        ("mar", ["Anna Maria"]),
        ("anna m", ["Anna Maria"]),
        ("na", []),
        ("zz", []),
    ],
)
def test_letters_find_names_that_begin_so(typed: str, names: list[str]) -> None:
    """Capitals, dots and tails do not count, and nobody is found by the middle of a name."""
    assert _found(typed) == names


@pytest.mark.parametrize(
    ("typed", "name"),
    [("фны", "Aysel"), ("ыуи", "Şəbnəm"), ("щщщ", None), ("bhb", "Ирина"), (".kb", "Юлия"), ("ЙЖЯ", "Qızxanım"), ("юэ", "Şəbnəm")],
)
def test_the_keys_of_the_other_alphabet_find_them_too(typed: str, name: str | None) -> None:
    """A keyboard that is still set to Russian, or to English, is forgiven; what means nobody in either finds nobody."""
    assert _found(typed) == ([name] if name else [])


def test_digits_are_numbers() -> None:
    """The one that fits exactly first, then those that begin so; leading noughts do not count."""
    assert [pupil.number for pupil in find_pupils(PUPILS, "1")] == [1, 10, 11, 12]
    assert [pupil.number for pupil in find_pupils(PUPILS, "012")] == [12]
    assert find_pupils(PUPILS, "99") == []


@given(st.text(max_size=8))
def test_whatever_is_typed_harms_nothing(typed: str) -> None:
    """Any string finds some of the pupils or none."""
    assert set(find_pupils(PUPILS, typed)) <= set(PUPILS)
