"""What a teacher changes in classes by hand: a name, a number, groups, the class a pupil goes to, a new school year."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from msgspec.structs import replace

from lovhe.core.boards.names import MAX_CLASS_LENGTH, MAX_NUMBER
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.class_changes import ClassChange, with_pupils
from lovhe.core.pupils.group import MOST_PUPILS
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.core.pupils.roster_lists import MOST_IN_CLASS, too_many

LAST_GRADE = 11

_GRADE = re.compile(r"([0-9]{1,2})(\D.*|)")


def edited(school_class: SchoolClass, pupil: Pupil) -> ClassChange:
    """One pupil's new name or number. Raises `InputError` where another one has that number."""
    if not 1 <= pupil.number <= MAX_NUMBER:
        raise InputError(
            N_("{number} is no number of a pupil.", number=pupil.number),
            N_("Write a number from 1 to {most}.", most=MAX_NUMBER),
        )
    for other in school_class.pupils:
        if other.number == pupil.number and other.id != pupil.id:
            raise InputError(
                N_("In class {name} {pupil} has the number {number}.", name=school_class.name, pupil=other.first_name, number=other.number),
                N_("Choose a number that nobody has, or give {pupil} another one first.", pupil=other.first_name),
            )
    pupils = [pupil if one.id == pupil.id else one for one in school_class.pupils]
    return ClassChange(school_class, with_pupils(school_class, pupils))


def added(school_class: SchoolClass, pupil: Pupil, number: int | None = None) -> ClassChange:
    """A pupil comes, with that number or the next one. Raises `InputError` where the class is full or the number taken."""
    if len(school_class.pupils) >= MOST_IN_CLASS:
        raise too_many(len(school_class.pupils) + 1)
    if number is None:
        number = max((one.number for one in school_class.pupils), default=0) + 1
    newcomer = replace(pupil, class_name=school_class.name, number=number, group=0)
    after = edited(with_pupils(school_class, [*school_class.pupils, newcomer]), newcomer).after
    return ClassChange(school_class, after)


def moved(pupil: Pupil, old: SchoolClass, new: SchoolClass, number: int | None = None) -> list[ClassChange]:
    """A pupil goes to another class, with that number or the next one there. Raises `InputError` as `added` does."""
    left = [one for one in old.pupils if one.id != pupil.id]
    return [ClassChange(old, with_pupils(old, left)), added(new, pupil, number)]


def regrouped(school_class: SchoolClass, groups: Sequence[Sequence[int]]) -> ClassChange:
    """Who shares a keyboard: for each group its pupils' numbers; who is in none is in no group. Raises `InputError`."""
    of_number: dict[int, int] = {}
    known = {pupil.number for pupil in school_class.pupils}
    for group, numbers in enumerate(groups, 1):
        if not 1 <= len(numbers) <= MOST_PUPILS:
            raise InputError(
                N_("A group has from one to {most} pupils; here are {n}.", most=MOST_PUPILS, n=len(numbers)),
                N_("Write each group's numbers together, like 1,2,3."),
            )
        for number in numbers:
            if number not in known:
                raise InputError(
                    N_("In class {name} nobody has the number {number}.", name=school_class.name, number=number),
                    N_("`lovhe class list {name}` shows the numbers.", name=school_class.name),
                )
            if number in of_number:
                raise InputError(N_("Number {number} is in two groups.", number=number), N_("Write each number once."))
            of_number[number] = group
    pupils = [replace(pupil, group=of_number.get(pupil.number, 0)) for pupil in school_class.pupils]
    return ClassChange(school_class, with_pupils(school_class, pupils))


def joined(school_class: SchoolClass, numbers: Collection[int]) -> ClassChange:
    """These pupils share a keyboard from now on; whom they leave stay together. Raises `InputError` for more than a group has."""
    others = _groups_without(school_class, numbers)
    first = min((pupil.group for pupil in school_class.pupils if pupil.group and pupil.number in numbers), default=len(others) + 1)
    place = sum(group < first for group in others)
    groups = [others[group] for group in sorted(others)]
    return regrouped(school_class, [*groups[:place], sorted(numbers), *groups[place:]])


def ungrouped(school_class: SchoolClass, numbers: Collection[int]) -> ClassChange:
    """These pupils are in no group from now on."""
    others = _groups_without(school_class, numbers)
    return regrouped(school_class, [others[group] for group in sorted(others)])


def neighbours(school_class: SchoolClass, size: int) -> list[list[int]]:
    """All pupils in groups of `size`, by number; where that leaves some over, groups differ by one, and nobody is left alone by it."""
    numbers = [pupil.number for pupil in school_class.pupils]
    if not numbers:
        return []
    count = max(1, len(numbers) // size)
    if len(numbers) > count * MOST_PUPILS or size == 1:
        count = -(-len(numbers) // size)
    return [numbers[len(numbers) * at // count : len(numbers) * (at + 1) // count] for at in range(count)]


def _groups_without(school_class: SchoolClass, numbers: Collection[int]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for pupil in school_class.pupils:
        if pupil.group and pupil.number not in numbers:
            groups.setdefault(pupil.group, []).append(pupil.number)
    return groups


def renamed(school_class: SchoolClass, name: str, *, has_left: bool | None = None) -> ClassChange:
    """A class with another name, its pupils as they are."""
    pupils = [replace(pupil, class_name=name) for pupil in school_class.pupils]
    left = school_class.has_left if has_left is None else has_left
    return ClassChange(school_class, replace(school_class, name=name, pupils=pupils, has_left=left))


def new_year(classes: Sequence[SchoolClass], year: int) -> list[ClassChange]:
    """Each class goes up by one grade; those of the last grade leave school, and get the year to their name.

    Classes whose name does not begin with a grade stay as they are, and those that have left, too. Raises `InputError` where two
    classes would have one name.
    """
    changes = []
    for one in classes:
        grade = _GRADE.fullmatch(one.name)
        if one.has_left or grade is None or not 1 <= int(grade[1]) <= LAST_GRADE:
            continue
        if int(grade[1]) == LAST_GRADE:
            changes.append(renamed(one, _free_name(one.name, year, classes), has_left=True))
        else:
            changes.append(renamed(one, f"{int(grade[1]) + 1}{grade[2]}"))
    new_names = [change.after.name for change in changes]
    kept = {one.name for one in classes} - {change.before.name for change in changes if change.before is not None}
    twice = next((name for name in new_names if name in kept or new_names.count(name) > 1), None)
    if twice is not None:
        raise InputError(N_("There would be two classes {name}.", name=twice), N_("Give one of them another name first."))
    return changes


def _free_name(name: str, year: int, classes: Sequence[SchoolClass]) -> str:
    """A name for a class that has left: what it was called, and the year, as far as there is room."""
    room = MAX_CLASS_LENGTH - len(str(year))
    taken = {one.name for one in classes}
    stem = name[:room]
    return next(
        free for free in [f"{stem}{year}", *(f"{stem[: room - 2]}{place:02}{year}" for place in range(1, 100))] if free not in taken
    )
