"""What a teacher does with classes: names that are added, how pupils show who they are. Both front ends do it through this."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from lovhe.core.boards.names import check_class_name
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.name_list import check_room, new_names
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.services.ports.pupils import Roster


class Addition(msgspec.Struct, frozen=True):
    """What a list of names would change in a class: `names` are new, from `first_number` on; `known` of the list are there already."""

    class_name: str
    is_new: bool
    names: list[str]
    first_number: int
    known: int


def addition(classes: Sequence[SchoolClass], class_name: str, names: Sequence[str]) -> Addition:
    """What adding `names` to the class, known or not, would do; nothing is changed. Raises `InputError`."""
    name = check_class_name(class_name)
    there = next((one.pupils for one in classes if one.name == name), None)
    pupils = there or []
    fresh = new_names(names, [pupil.first_name for pupil in pupils])
    check_room(len(pupils), len(fresh))
    highest = max((pupil.number for pupil in pupils), default=0)
    return Addition(name, there is None, fresh, highest + 1, len(names) - len(fresh))


def add(roster: Roster, what: Addition) -> list[Pupil]:
    """Do it; the pupils with the numbers that they have got. Raises `ResultsError`."""
    roster.add_class(what.class_name)
    return roster.add_pupils(what.class_name, what.names)


def class_called(classes: Sequence[SchoolClass], typed: str) -> SchoolClass:
    """The class of that name, in capitals or not. Raises `InputError`."""
    name = check_class_name(typed)
    for one in classes:
        if one.name == name:
            return one
    if not classes:
        next_step = N_("There is no class yet: `lovhe class add {name} names.txt` adds it.", name=name)
    else:
        next_step = N_("These classes are there: {names}.", names=", ".join(one.name for one in classes))
    raise InputError(N_("There is no class {name} on this computer.", name=name), next_step)


def pupil_numbered(school_class: SchoolClass, number: int) -> Pupil:
    """The pupil with that number in the class. Raises `InputError`."""
    for pupil in school_class.pupils:
        if pupil.number == number:
            return pupil
    raise InputError(
        N_("In class {name} nobody has the number {number}.", name=school_class.name, number=number),
        N_("`lovhe class list {name}` shows the numbers.", name=school_class.name),
    )
