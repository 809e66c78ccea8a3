"""What a teacher does with classes: lists that are taken over, how pupils show who they are. Both front ends do it through this."""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.core.boards.names import check_class_name
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.class_changes import ListedClass, listed_class
from lovhe.core.pupils.pupil import Pupil, SchoolClass, SecretKind, looks_like
from lovhe.core.pupils.roster_lists import ClassList


def listed_classes(
    classes: Sequence[SchoolClass], lists: Sequence[ClassList], class_name: str | None, secret_kind: SecretKind = "none"
) -> list[ListedClass]:
    """What a file's lists would change, a class after the other; nothing is changed yet. Raises `InputError`.

    With `class_name`, the one list that does not tell its class is that one's; of a file that tells its classes, that class alone is
    taken. Without, each list must tell its class. `secret_kind` is that of new classes.
    """
    import uuid_utils

    if class_name is not None:
        wanted = check_class_name(class_name)
        lists = [ClassList(wanted, one.entries) for one in lists if one.class_name in ("", wanted) or looks_like(one.class_name, wanted)]
        if not lists:
            raise InputError(
                N_("In this list nobody is in {name}.", name=wanted),
                N_("Look whether it is the right list, or leave the class out: then all classes of the list are taken."),
            )
    untold = any(not one.class_name for one in lists)
    if untold or len({one.class_name for one in lists}) < len(lists):
        raise InputError(
            N_("The list does not tell which class it is.") if untold else N_("The list has two tables for one class."),
            N_("Say which: `lovhe class add 7A FILE`.") if untold else N_("Put the pupils of a class into one table."),
        )
    found = []
    for one in lists:
        present = next((there for there in classes if looks_like(there.name, one.class_name)), None)
        name = present.name if present is not None else one.class_name
        found.append(listed_class(present, name, one.entries, lambda: str(uuid_utils.uuid7()), secret_kind))
    return found


def class_called(classes: Sequence[SchoolClass], typed: str) -> SchoolClass:
    """The class of that name, in capitals or not. Raises `InputError`."""
    name = check_class_name(typed)
    for one in classes:
        if looks_like(one.name, name):
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
