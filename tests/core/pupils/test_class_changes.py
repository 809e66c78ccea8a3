"""What a list changes in a class: each pupil once, each number once, and nobody goes."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.errors import InputError
from lovhe.core.pupils.class_changes import ListedClass, listed_class
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.core.pupils.roster_lists import MOST_IN_CLASS, Entry


def _new_id() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"new-{next(numbers)}"


def _class(*pupils: tuple[int, str]) -> SchoolClass:
    return SchoolClass("7A", [Pupil(f"id-{index}", "7A", number, name) for index, (number, name) in enumerate(pupils)], "pin")


def _listed(before: SchoolClass | None, *names: str | tuple[int | None, str]) -> ListedClass:
    entries = [Entry(0, name) if isinstance(name, str) else Entry(0, name[1], name[0]) for name in names]
    return listed_class(before, "7A", entries, _new_id())


def _pupils(listed: ListedClass) -> list[tuple[int, str]]:
    return [(pupil.number, pupil.first_name) for pupil in listed.change.after.pupils]


def test_a_new_class_gets_its_numbers_from_the_list_or_in_its_order() -> None:
    """Without numbers from 1 on; who has none in a list with numbers comes after the others."""
    assert _pupils(_listed(None, "Aysel", "Murad")) == [(1, "Aysel"), (2, "Murad")]
    assert _pupils(_listed(None, (7, "Aysel"), "Əli", (3, "Murad"))) == [(3, "Murad"), (7, "Aysel"), (8, "Əli")]


def test_a_list_that_has_grown_adds_who_is_new() -> None:
    """The same list again changes nothing; a second pupil of a name is one who stands there twice; capitals do not count."""
    before = _class((1, "Aysel"), (2, "Murad"))
    assert _listed(before, "murad", "Aysel").change.after == before
    grown = _listed(before, "Aysel", "Aysel", "Nigar")
    assert [(pupil.number, pupil.first_name) for pupil in grown.change.added] == [(3, "Aysel"), (4, "Nigar")]
    assert (grown.known, [pupil.first_name for pupil in grown.unlisted]) == (1, ["Murad"])
    assert grown.change.after.secret_kind == "pin"


def test_a_new_class_shows_what_is_settled_for_new_ones() -> None:
    """One that is there already stays as it is."""
    assert listed_class(None, "7A", [Entry(0, "Aysel")], _new_id(), "pictures").change.after.secret_kind == "pictures"
    assert listed_class(_class(), "7A", [Entry(0, "Aysel")], _new_id(), "pictures").change.after.secret_kind == "pin"


def test_numbers_follow_the_list_also_in_a_circle() -> None:
    """A name that comes into the alphabet moves those behind it; ids tell that they are the same pupils."""
    before = _class((1, "Aysel"), (2, "Murad"), (3, "Nigar"))
    listed = _listed(before, (1, "Aysel"), (2, "Kamran"), (3, "Murad"), (4, "Nigar"))
    assert [(old, pupil.number, pupil.id) for old, pupil in listed.change.renumbered] == [(2, 3, "id-1"), (3, 4, "id-2")]
    assert _pupils(_listed(before, (2, "Aysel"), (3, "Murad"), (1, "Nigar"))) == [(1, "Nigar"), (2, "Aysel"), (3, "Murad")]


def test_of_two_of_a_name_the_one_with_the_number_is_meant() -> None:
    """Whichever stands first."""
    before = _class((1, "Əli"), (5, "Əli"))
    assert _listed(before, (5, "Əli"), (6, "Əli")).change.renumbered == [(1, Pupil("id-0", "7A", 6, "Əli"))]


def test_who_is_not_in_the_list_keeps_the_number() -> None:
    """Whom the list gives it gets the next one."""
    listed = _listed(_class((1, "Aysel"), (2, "Murad")), (1, "Aysel"), (2, "Nigar"))
    assert _pupils(listed) == [(1, "Aysel"), (2, "Murad"), (3, "Nigar")]


def test_a_class_has_sixty_pupils_at_most() -> None:
    """Those who are there count."""
    before = _class(*((number, f"A{number}") for number in range(1, 31)))
    _listed(before, *(f"B{number}" for number in range(MOST_IN_CLASS - 30)))
    with pytest.raises(InputError, match="61"):
        _listed(before, *(f"B{number}" for number in range(MOST_IN_CLASS - 29)))


_NAMES = st.sampled_from(["Aysel", "Murad", "Əli"])


@given(
    st.lists(_NAMES, max_size=6).flatmap(lambda names: st.tuples(st.just(names), st.permutations(range(1, 9)))),
    st.lists(
        st.tuples(_NAMES, st.none() | st.integers(1, 9)), max_size=6, unique_by=lambda one: one[1] if one[1] is not None else object()
    ),
)
def test_nobody_goes_nobody_is_there_twice_and_each_has_a_number(
    there: tuple[Sequence[str], Sequence[int]], listed: Sequence[tuple[str, int | None]]
) -> None:
    """For any class and any list; the same list again changes nothing more."""
    before = _class(*zip(there[1], there[0], strict=False))
    found = _listed(before, *((number, name) for name, number in listed))
    after = found.change.after
    assert {pupil.id for pupil in before.pupils} <= {pupil.id for pupil in after.pupils}
    assert len({pupil.number for pupil in after.pupils}) == len(after.pupils)
    wanted = Counter(name for name, _ in listed) | Counter(pupil.first_name for pupil in before.pupils)
    assert Counter(pupil.first_name for pupil in after.pupils) == wanted
    again = _listed(after, *((number, name) for name, number in listed)).change.after
    assert Counter(pupil.id for pupil in again.pupils) == Counter(pupil.id for pupil in after.pupils)
