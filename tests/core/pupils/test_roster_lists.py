"""Lists as teachers keep them are read right, or refused with the line and what to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.errors import InputError
from lovhe.core.pupils.first_names import Order, first_name
from lovhe.core.pupils.roster_lists import class_lists
from lovhe.core.pupils.roster_text import MOST_ROWS, read_text_table


def _names(data: bytes) -> list[str]:
    return [entry.first_name for one in class_lists([read_text_table(data, "names.txt")], "names.txt") for entry in one.entries]


@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_one_name_a_line(begin: bytes, end: bytes) -> None:
    """With or without byte order mark, with any system's line ends; blank lines and spaces around are left out."""
    data = begin + end.join("  Aysel ||Şəbnəm|   |Anna  Maria|Ирина|O'Neal".replace("||", "|").encode().split(b"|"))
    assert _names(data) == ["Aysel", "Şəbnəm", "Anna Maria", "Ирина", "O'Neal"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "There is no name in names.txt."),
        (b"\n \n", "There is no name in names.txt."),
        (b"A\0y", "names.txt is no list of names."),
        (b"Aysel\nG\xfcl\xe9\n", "The letters in line 2 of names.txt cannot be read."),
        ("Aysel\nƏli".encode("utf-16")[:-1], "The letters in line 2 of names.txt cannot be read."),
        (b"Aysel\nA\x07li", "The name in line 2 of names.txt has a sign in it that cannot be shown: “A?li”."),
        ("Aysel\n\u202eilA".encode(), "The name in line 2 of names.txt has a sign in it that cannot be shown: “?ilA”."),
        (b"A\x1b[31mli", "The name in line 1 of names.txt has a sign in it that cannot be shown: “A?[31mli”."),
        (b"Aysel;Nur;2013", "In line 1 of names.txt nothing says which column has the first names."),
        ("№;Sinif\n1;7A".encode(), "In line 1 of names.txt nothing says which column has the first names."),
        (b"12\n13", "Line 1 of names.txt is no name: “12”."),
        (b"Aysel\n12abc", "Line 2 of names.txt is no name: “12abc”."),
        ("Aysel\nCəmi: 1".encode(), "Line 2 of names.txt is no name: “Cəmi: 1”."),
        (b"A" * 41, "The name in line 1 of names.txt is too long: “" + "A" * 40 + "…”."),
        (b"Ali\n" * 61, "These would be 61 pupils in one class; 60 is the most."),
        (b"Ali\n" * (MOST_ROWS + 1), "There are more than 5000 rows in names.txt."),
        ("Aysel\nŞəbnəm\n".encode("cp1254", errors="replace"), "Letters of the name in line 2 of names.txt were lost in saving: “Ş?bn?m”."),
        ("Aysel\nŞəbnəm\n".encode().decode("cp1251").encode(), "were lost in saving: “Ећ"),
        (b"1;Ali\n1;Murad", "The number 1 stands in line 2 of names.txt and in line 1 before."),
        (b"No;Ad\n1000;Ali", "“1000” in line 2 of names.txt is no number of a pupil."),
        (b"No;Ad\nx;Ali", "“x” in line 2 of names.txt is no number of a pupil."),
        (b"Soyad;Ad\nAliyev;", "The first name is missing in line 2 of names.txt."),
        (b"Ad;Sinif\nAli;7 a sinfi paralel", "“7 a sinfi paralel” in line 2 of names.txt is no name of a class."),
        (b"Ad;Sinif\nAli;7a\nMurad;", "The class is missing in line 3 of names.txt."),
        (b'Ad;Sinif\nAli;"7a\nMurad;7a', "is no name of a class."),
    ],
)
def test_what_is_no_list_of_names_is_refused(data: bytes, sentence: str) -> None:
    """One sentence says what and where, a second what to do."""
    with pytest.raises(InputError) as caught:
        _names(data)
    assert sentence in str(caught.value.what)
    assert str(caught.value.next_step)


@pytest.mark.parametrize(
    ("cell", "order", "name"),
    [
        ("Anna Maria", "alone", "Anna Maria"),
        ("Əliyev Murad Rəşad oğlu", "unknown", "Murad"),
        ("Murad Rəşad oğlu Əliyev", "unknown", "Murad"),
        ("Hacılı Aysel Elçin qızı", "unknown", "Aysel"),
        ("Aysel Elçin qızı Hacılı", "unknown", "Aysel"),
        ("Əliyev Murad Rəşad oğlu", "second", "Murad"),
        ("Murad Rəşad oğlu Əliyev", "first", "Murad"),
        ("Петров Иван Сергеевич", "unknown", "Иван"),
        ("Ким Ольга Сергеевна", "unknown", "Ольга"),
        ("Иван Петров", "unknown", "Иван"),
        ("Лев Петров", "unknown", "Лев"),
        ("Петрова Ева", "unknown", "Ева"),
        ("Məhəmməd Əli", "unknown", "Məhəmməd Əli"),
        ("Murad Ə.", "unknown", "Murad Ə."),
        ("Əli-Rza", "unknown", "Əli-Rza"),
    ],
)
def test_of_a_full_name_the_first_name_alone_is_kept(cell: str, order: Order, name: str) -> None:
    """Wherever it stands."""
    assert first_name(cell, order, 1, "names.txt") == name


@given(st.binary(max_size=60) | st.text(alphabet="Aə;\t,\"'\n\r1Ад ", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing but `InputError` comes out, and what is read can be shown."""
    try:
        names = _names(data)
    except InputError:
        return
    assert all(name.isprintable() for name in names)
