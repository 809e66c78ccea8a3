"""Whom a list calls new and who may be there already: under another name, or in the class they come from."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from lovhe.core.pupils.class_changes import ClassChange, ListedClass, with_pupils
from lovhe.core.pupils.pupil import Pupil


class Doubt(msgspec.Struct, frozen=True):
    """`new` would be added, `old` would stay; a teacher knows whether they are one pupil."""

    new: Pupil
    old: Pupil

    @property
    def moves(self) -> bool:
        """Whether it would be a move from one class to another; else it is a new name."""
        return self.new.class_name != self.old.class_name


def doubts(listed: Sequence[ListedClass]) -> list[Doubt]:
    """One for a pupil at most. A name that is in one class's list and missing in another's is a stronger sign than a number."""
    found: list[Doubt] = []
    for one in listed:
        for new in one.change.added:
            elsewhere = (pupil for other in listed if other is not one for pupil in other.unlisted)
            found += _doubt(new, [old for old in elsewhere if old.first_name.casefold() == new.first_name.casefold()], found)
    for one in listed:
        for new, old in one.same_number:
            found += _doubt(new, [old], found)
    return found


def as_same(changes: Sequence[ClassChange], same: Sequence[Doubt]) -> list[ClassChange]:
    """The changes, if those of `same` are one pupil each: what the old one has done stays theirs."""
    olds = {one.new.id: one.old for one in same}
    gone = {one.old.id for one in same}
    return [_with_same(change, olds, gone) for change in changes]


def _with_same(change: ClassChange, olds: dict[str, Pupil], gone: set[str]) -> ClassChange:
    pupils = []
    for pupil in change.after.pupils:
        old = olds.get(pupil.id)
        if old is not None:
            number, group = (old.number, old.group) if old.class_name == pupil.class_name else (pupil.number, 0)
            pupil = Pupil(old.id, pupil.class_name, number, pupil.first_name, group)
        elif pupil.id in gone:
            continue
        pupils.append(pupil)
    return ClassChange(change.before, with_pupils(change.after, pupils))


def _doubt(new: Pupil, olds: Sequence[Pupil], found: Sequence[Doubt]) -> list[Doubt]:
    taken = {one.new.id for one in found} | {one.old.id for one in found}
    old = next((one for one in olds if one.id not in taken), None)
    return [Doubt(new, old)] if old is not None and new.id not in taken else []
