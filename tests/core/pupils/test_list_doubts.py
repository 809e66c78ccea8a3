"""Who looks new in a list and may be there already: the teacher decides, and what they have done stays theirs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from lovhe.core.pupils.class_changes import ListedClass, listed_class
from lovhe.core.pupils.list_doubts import as_same, doubts
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.core.pupils.roster_lists import Entry

_NUMBERS = itertools.count()


def _class(name: str, *names: str) -> SchoolClass:
    return SchoolClass(name, [Pupil(f"{name}-{first}", name, number, first, 1) for number, first in enumerate(names, 1)])


def _listed(before: SchoolClass, entries: Sequence[tuple[int | None, str]]) -> ListedClass:
    return listed_class(before, before.name, [Entry(0, name, number) for number, name in entries], lambda: f"new-{next(_NUMBERS)}")


def test_another_name_with_the_same_number_may_be_a_new_name() -> None:
    """As the same pupil they keep number and group; else they are added, and nobody goes."""
    listed = [_listed(_class("7A", "Aysel", "Murad"), [(1, "Aysu"), (2, "Murad")])]
    [doubt] = doubts(listed)
    assert (doubt.new.first_name, doubt.old.first_name, doubt.moves) == ("Aysu", "Aysel", False)
    [change] = as_same([listed[0].change], [doubt])
    assert change.after.pupils[0] == Pupil("7A-Aysel", "7A", 1, "Aysu", 1)
    assert [one.first_name for one in change.after.pupils] == ["Aysu", "Murad"]
    [added] = as_same([listed[0].change], [])
    assert [(one.number, one.first_name) for one in added.after.pupils] == [(1, "Aysel"), (2, "Murad"), (3, "Aysu")]


def test_a_name_that_changed_lists_may_have_moved() -> None:
    """That is a stronger sign than a number; the pupil leaves the old class, and its groups."""
    listed = [
        _listed(_class("7A", "Aysel", "Murad"), [(1, "Aysel")]),
        _listed(_class("7B", "Nigar"), [(1, "Murad")]),
    ]
    [doubt] = doubts(listed)
    assert (doubt.old.id, doubt.new.class_name, doubt.moves) == ("7A-Murad", "7B", True)
    old, new = as_same([one.change for one in listed], [doubt])
    assert [one.first_name for one in old.after.pupils] == ["Aysel"]
    assert [(one.id, one.number, one.group) for one in new.after.pupils] == [("7B-Nigar", 1, 1), ("7A-Murad", 2, 0)]


def test_nobody_is_in_two_doubts() -> None:
    """Two of a name in the list, one who is missing: one of them may be that one. A class that is not in the list raises none."""
    listed = [_listed(_class("7A", "Murad"), [(5, "Əli")]), _listed(_class("7B"), [(1, "Murad"), (2, "Murad")])]
    assert [(one.new.number, one.old.id) for one in doubts(listed)] == [(1, "7A-Murad")]
    assert not doubts([_listed(_class("7B"), [(1, "Murad")])])
