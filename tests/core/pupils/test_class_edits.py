"""What a teacher changes by hand: one thing at a time, and nothing that could be meant otherwise."""

from __future__ import annotations

import pytest
from lovhe.core.errors import InputError
from lovhe.core.pupils.class_edits import added, edited, joined, moved, neighbours, new_year, regrouped, renamed, ungrouped
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from msgspec.structs import replace


def _class(name: str, *names: str) -> SchoolClass:
    return SchoolClass(name, [Pupil(f"{name}-{first}", name, number, first) for number, first in enumerate(names, 1)])


SEVEN = _class("7A", "Aysel", "Murad", "Nigar")


def test_a_pupil_gets_another_name_or_number() -> None:
    """Whose number it is, is told; the class stays in the order of its numbers."""
    after = edited(SEVEN, replace(SEVEN.pupils[0], first_name="Aysu", number=9)).after
    assert [(one.number, one.first_name, one.id) for one in after.pupils] == [
        (2, "Murad", "7A-Murad"), (3, "Nigar", "7A-Nigar"), (9, "Aysu", "7A-Aysel"),
    ]  # fmt: skip
    with pytest.raises(InputError, match="Murad has the number 2"):
        edited(SEVEN, replace(SEVEN.pupils[0], number=2))
    for number in (0, 1000):
        with pytest.raises(InputError, match="no number of a pupil"):
            edited(SEVEN, replace(SEVEN.pupils[0], number=number))


def test_a_pupil_goes_to_another_class() -> None:
    """With the next number there, and in no group yet; a full class takes nobody."""
    eight = _class("8A", "Rauf")
    old, new = moved(replace(SEVEN.pupils[1], group=2), SEVEN, eight)
    assert [one.first_name for one in old.after.pupils] == ["Aysel", "Nigar"]
    assert new.after.pupils[1] == Pupil("7A-Murad", "8A", 2, "Murad")
    with pytest.raises(InputError, match="61"):
        moved(SEVEN.pupils[1], SEVEN, _class("8B", *(["Ali"] * 60)))


def test_groups_have_one_to_three_pupils_and_nobody_is_in_two() -> None:
    """Who is named in none is in no group any more."""
    grouped = regrouped(SEVEN, [[3, 1], [2]]).after
    assert [one.group for one in grouped.pupils] == [1, 2, 1]
    assert [one.group for one in regrouped(grouped, [[2]]).after.pupils] == [0, 1, 0]
    for groups, sentence in (
        ([[1, 2], [2]], "in two groups"),
        ([[4]], "nobody has the number 4"),
        ([[]], "from one to 3"),
        ([[1, 1]], "two"),
    ):
        with pytest.raises(InputError, match=sentence):
            regrouped(SEVEN, groups)
    with pytest.raises(InputError, match="here are 4"):
        regrouped(SEVEN, [[1, 2, 3, 4]])


def test_in_a_new_school_year_all_go_up_by_a_grade() -> None:
    """The last grade leaves; what is no grade stays, and what has left does so once."""
    classes = [_class("7A", "Aysel"), _class("8A", "Rauf"), _class("10B"), _class("11A", "Leyla"), _class("CLUB"), _class("12X")]
    changes = new_year(classes, 2027)
    assert [(change.before.name, change.after.name, change.after.has_left) for change in changes if change.before is not None] == [
        ("7A", "8A", False), ("8A", "9A", False), ("10B", "11B", False), ("11A", "11A2027", True),
    ]  # fmt: skip
    assert changes[0].after.pupils == [Pupil("7A-Aysel", "8A", 1, "Aysel")]
    assert new_year([changes[3].after], 2028) == []


def test_no_two_classes_get_one_name() -> None:
    """Neither of those that go up, nor of those that have left."""
    with pytest.raises(InputError, match="two classes 8A"):
        new_year([_class("7A"), _class("07A")], 2027)
    left = renamed(_class("11A"), "11A2027", has_left=True).after
    assert [change.after.name for change in new_year([_class("11A"), left], 2027)] == ["11012027"]


def test_a_pupil_comes_with_the_next_number() -> None:
    """Or with one that nobody has."""
    newcomer = Pupil("new", "", 0, "Zəhra")
    assert added(SEVEN, newcomer).after.pupils[-1] == Pupil("new", "7A", 4, "Zəhra")
    assert added(SEVEN, newcomer, 9).after.pupils[-1].number == 9
    with pytest.raises(InputError, match="Murad has the number 2"):
        added(SEVEN, newcomer, 2)


def test_groups_are_made_of_neighbours() -> None:
    """Of the size that was asked for; where that leaves some over groups differ by one, and none has more than three."""
    sizes = {
        (1, 3): [1, 1, 1], (2, 1): [1], (2, 6): [2, 2, 2], (2, 7): [2, 2, 3], (2, 3): [3],
        (3, 4): [2, 2], (3, 9): [3, 3, 3], (3, 10): [2, 3, 2, 3], (3, 11): [2, 3, 3, 3], (2, 0): [],
    }  # fmt: skip
    for (size, count), expected in sizes.items():
        made = neighbours(_class("7A", *(f"P{number}" for number in range(count))), size)
        assert sorted(map(len, made)) == sorted(expected)
        assert [number for group in made for number in group] == [*range(1, count + 1)]


def test_pupils_join_and_leave_groups_by_hand() -> None:
    """Whom they leave stay together, a group that nobody is in any more is gone, and the new one stands where the first of them was."""
    grouped = regrouped(_class("7A", "A", "B", "C", "D", "E"), [[1, 2], [3, 4, 5]]).after
    after = joined(grouped, {2, 5}).after
    assert [one.group for one in after.pupils] == [2, 1, 3, 3, 1]
    assert [one.group for one in ungrouped(after, {1, 3}).after.pupils] == [0, 1, 0, 2, 1]
    assert [one.group for one in joined(ungrouped(grouped, {1, 2}).after, {1, 2}).after.pupils] == [2, 2, 1, 1, 1]
    with pytest.raises(InputError, match="here are 4"):
        joined(grouped, {1, 2, 3, 4})
