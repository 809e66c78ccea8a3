"""Classes and pupils made of what was noted on several PCs."""

from __future__ import annotations

from lovhe.core.pupils.joined_roster import ClassNote, JoinedRoster, PupilNote, Renumbered, joined_roster
from msgspec.structs import replace

_CLASS = ClassNote("1", "one", "a", "7A", "none", False)
_OTHER = ClassNote("2", "two", "b", "7А", "pin", False)  # with the Cyrillic letter that looks the same
_PUPIL = PupilNote("1", "one", "p", "a", 1, "Aysel", 0)


def _numbers(joined: JoinedRoster) -> list[tuple[str, str, int, int]]:
    return [(one.id, one.first_name, one.number, one.group) for one in joined.pupils]


def test_what_was_changed_counts_more_than_how_a_list_came_in() -> None:
    """A PC that took the list over later does not undo what was done on another one before."""
    changed = replace(_CLASS, when_utc="1.5", secret_kind="pictures")
    joined = joined_roster([_CLASS, changed, _OTHER], [])
    assert [(one.id, one.name, one.secret_kind) for one in joined.classes] == [("a", "7A", "pictures")]
    assert joined.same == {"b": "a"}


def test_a_pupil_of_a_class_under_its_other_id_is_in_that_class() -> None:
    """And is one with the pupil of the same number and name, in capitals or not."""
    other = replace(_PUPIL, chain="two", id="q", class_id="b", first_name="AYSEL")
    joined = joined_roster([_CLASS, _OTHER], [_PUPIL, other, replace(other, id="r", class_id="unknown")])
    assert [(one.id, one.class_id) for one in joined.pupils] == [("p", "a")]
    assert joined.same == {"b": "a", "q": "p"}


def test_two_classes_that_came_to_one_name_are_one() -> None:
    """Also where one PC knew them as two."""
    second = ClassNote("1", "one", "c", "7B", "none", False)
    joined = joined_roster([_CLASS, second, replace(second, when_utc="2", name="7A")], [_PUPIL, replace(_PUPIL, id="q", class_id="c")])
    assert [(one.id, one.name) for one in joined.classes] == [("a", "7A")]
    assert _numbers(joined) == [("p", "Aysel", 1, 0), ("q", "Aysel", 2, 0)]


def test_of_two_with_one_number_the_older_id_keeps_it() -> None:
    """The other one comes after all numbers that are given."""
    pupils = [_PUPIL, replace(_PUPIL, chain="two", id="q", first_name="Murad"), replace(_PUPIL, id="r", number=5)]
    joined = joined_roster([_CLASS], pupils)
    assert _numbers(joined) == [("p", "Aysel", 1, 0), ("q", "Murad", 6, 0), ("r", "Aysel", 5, 0)]
    assert joined.renumbered == [Renumbered("7A", "Murad", 1, 6)]


def test_a_group_that_became_too_large_is_none() -> None:
    """Two PCs made groups of their own."""
    pupils = [replace(_PUPIL, id=str(number), number=number, group=1 if number < 5 else 2) for number in range(1, 8)]
    assert [one.group for one in joined_roster([_CLASS], pupils).pupils] == [0, 0, 0, 0, 2, 2, 2]
