"""A teacher's list of names is read right, or refused with the line and what to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.errors import InputError
from lovhe.core.pupils.name_list import MOST_IN_CLASS, check_room, new_names, read_names


@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_one_name_a_line(begin: bytes, end: bytes) -> None:
    """With or without byte order mark, with any system's line ends; blank lines and spaces around are left out."""
    data = begin + end.join("  Aysel ||Şəbnəm|   |Anna  Maria|Ирина|O'Neal".replace("||", "|").encode().split(b"|"))
    assert read_names(data, "names.txt") == ["Aysel", "Şəbnəm", "Anna Maria", "Ирина", "O'Neal"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "There is no name in names.txt."),
        (b"\n \n", "There is no name in names.txt."),
        ("Aysel\n\nИрина".encode("cp1251"), "Line 3 of names.txt is not written in UTF-8."),
        ("Şəbnəm".encode("utf-16"), "Line 1 of names.txt is not written in UTF-8."),
        (b"Aysel\nA\x07li", "The name in line 2 of names.txt has a sign in it that cannot be shown: “A?li”."),
        ("Aysel\n\u202eilA".encode(), "The name in line 2 of names.txt has a sign in it that cannot be shown: “?ilA”."),
        (b"A\x1b[31mli", "The name in line 1 of names.txt has a sign in it that cannot be shown: “A?[31mli”."),
        (b"Aysel;7A;2013", "Line 1 of names.txt has more in it than a name: “Aysel;7A;2013”."),
        (b"Aysel\t7A", "Line 1 of names.txt has more in it than a name: “Aysel 7A”."),
        (b"Aysel\n\n12", "Line 3 of names.txt is no name: “12”."),
        (b"A" * 41, "The name in line 1 of names.txt is too long: “" + "A" * 40 + "…”."),
        (b"Ali\n" * 61, "These would be 61 pupils in one class; 60 is the most."),
    ],
)
def test_what_is_no_list_of_names_is_refused(data: bytes, sentence: str) -> None:
    """One sentence says what and where, a second what to do."""
    with pytest.raises(InputError) as caught:
        read_names(data, "names.txt")
    assert str(caught.value.what) == sentence
    assert str(caught.value.next_step)


def test_a_list_that_has_grown_adds_what_is_new() -> None:
    """The same list again adds nobody; a second pupil of a name is one who stands there twice."""
    assert new_names(["Aysel", "Murad"], []) == ["Aysel", "Murad"]
    assert new_names(["Aysel", "Murad"], ["Murad", "Aysel"]) == []
    assert new_names(["Aysel", "Aysel", "Nigar"], ["Aysel"]) == ["Aysel", "Nigar"]


def test_a_class_has_sixty_pupils_at_most() -> None:
    """Those who are there count."""
    check_room(30, MOST_IN_CLASS - 30)
    with pytest.raises(InputError, match="61"):
        check_room(30, MOST_IN_CLASS - 29)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing but `InputError` comes out, and what is read can be shown."""
    try:
        names = read_names(data, "names.txt")
    except InputError:
        return
    assert all(name.isprintable() for name in names)
