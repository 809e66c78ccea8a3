"""Whose work lies on a stick, and which names it may have there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.pupils.group import Group
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.work.stick import KIND, StickIndex, is_inside, may_fetch, owners, plain_name, read_index

AYSEL, KAMRAN, LEYLA = (Pupil(f"id-{number}", "7A", number, name) for number, name in enumerate(("Aysel", "Kamran", "Leyla"), 1))


@pytest.mark.parametrize(
    ("made_by", "here", "may"),
    [
        ((AYSEL,), (AYSEL,), True),
        ((AYSEL, KAMRAN), (KAMRAN,), True),
        ((AYSEL,), (KAMRAN, LEYLA), False),
        ((), (LEYLA,), True),
        ((AYSEL,), (), True),
    ],
)
def test_other_people_s_work_is_theirs(made_by: tuple[Pupil, ...], here: tuple[Pupil, ...], may: bool) -> None:
    """Pupils fetch what one of them made, and what a guest made; at home, where nobody is known, a guest fetches it."""
    index = StickIndex(KIND, "x", owners(Group(made_by)), [])
    assert may_fetch(index, Group(here, guest="g")) is may


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 100_000, b'{"kind":"other","names":"","pupils":[],"files":[]}', b"null"])
def test_what_is_no_list_is_none(data: bytes) -> None:
    """Any bytes are taken without an exception."""
    assert read_index(data) is None


@pytest.mark.parametrize(
    "path",
    [
        "../main.py",
        "/etc/passwd",
        "a/../b",
        "C:/x",
        "a\\b",
        "a/b/c",
        "",
        "a/",
        "a/.",
        "a\0",
        "CON:x/y",
        "a ./b",
        "CON.txt",
        "x/aux.py",
        "nul",
    ],
)
def test_a_path_out_of_the_folder_is_not_followed(path: str) -> None:
    """Neither upwards nor to another drive, on any system."""
    assert not is_inside(path)


@pytest.mark.parametrize(
    ("text", "name"), [("Con", "_Con"), ("lpt1.notes", "_lpt1.notes"), ("Konsul", "Konsul"), ("con amore", "con amore")]
)
def test_names_that_windows_keeps_for_itself_are_others(text: str, name: str) -> None:
    """A file called like a device would open the device."""
    assert plain_name(text) == name


@given(st.text(max_size=100) | st.sampled_from(["con." + "x" * 54 + " .y", "aux", "NUL .a"]))
def test_a_name_of_ours_is_inside(text: str) -> None:
    """Whatever a lesson's or a pupil's name is, what it is called on the stick is a plain name, and stays so."""
    name = plain_name(text)
    assert is_inside(f"{name}/main.py")
    assert plain_name(name) == name
    assert not set(name) & set('\\/:*?"<>|\0')
