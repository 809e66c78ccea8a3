"""What a class list changes in a class: who is new, who gets another number. Who is not in the list stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from lovhe.core.pupils.pupil import Pupil, SchoolClass, SecretKind
from lovhe.core.pupils.roster_lists import MOST_IN_CLASS, Entry, too_many


class ClassChange(msgspec.Struct, frozen=True):
    """A class as it is and as it would be. `before` is None for a class that is not there yet; ids tell pupils apart."""

    before: SchoolClass | None
    after: SchoolClass

    @property
    def added(self) -> list[Pupil]:
        """Who is new, by number."""
        known = {pupil.id for pupil in self._pupils_before}
        return [pupil for pupil in self.after.pupils if pupil.id not in known]

    @property
    def renumbered(self) -> list[tuple[int, Pupil]]:
        """Who gets another number: the old one, and the pupil as they would be."""
        numbers = {pupil.id: pupil.number for pupil in self._pupils_before}
        return [(numbers[pupil.id], pupil) for pupil in self.after.pupils if numbers.get(pupil.id, pupil.number) != pupil.number]

    @property
    def _pupils_before(self) -> Sequence[Pupil]:
        return self.before.pupils if self.before is not None else ()


class ListedClass(msgspec.Struct, frozen=True):
    """What a list means for a class: the change, how many of the list are there already, and who is there but not in the list.

    `same_number` has who is new beside who is not in the list but has the number that the list gives them.
    """

    change: ClassChange
    known: int
    unlisted: list[Pupil]
    same_number: list[tuple[Pupil, Pupil]] = []


def with_pupils(school_class: SchoolClass, pupils: Sequence[Pupil]) -> SchoolClass:
    """The class with these pupils instead, by number."""
    return msgspec.structs.replace(school_class, pupils=sorted(pupils, key=lambda pupil: pupil.number))


def listed_class(
    before: SchoolClass | None, class_name: str, entries: Sequence[Entry], new_id: Callable[[], str], secret_kind: SecretKind = "none"
) -> ListedClass:
    """What `entries` change in a class. Raises `InputError` where it would become too large.

    Two pupils of one name are two: a name is new as often as it stands in the list more often than in the class. A number that the
    list gives goes to whom it is given, unless somebody has it who is not in the list; who has none gets the next one. `secret_kind` is
    that of a new class.
    """
    present = list(before.pupils) if before is not None else []
    matches = _matches(present, entries)
    listed = {pupil.id for pupil in matches if pupil is not None}
    unlisted = [pupil for pupil in present if pupil.id not in listed]
    kept = {pupil.number for pupil in unlisted} | {
        pupil.number for pupil, entry in zip(matches, entries, strict=True) if pupil is not None and entry.number is None
    }
    if len(unlisted) + len(entries) > MOST_IN_CLASS:
        raise too_many(len(unlisted) + len(entries))
    given = {entry.number for entry in entries if entry.number is not None}
    highest = max({pupil.number for pupil in present} | given, default=0)
    pupils = list(unlisted)
    same_number = []
    for pupil, entry in zip(matches, entries, strict=True):
        number = entry.number if entry.number is not None else pupil.number if pupil is not None else None
        if number is None or (entry.number is not None and number in kept):
            highest += 1
            number = highest
        name = pupil.first_name if pupil is not None else entry.first_name
        group = pupil.group if pupil is not None else 0
        pupils.append(Pupil(pupil.id if pupil is not None else new_id(), class_name, number, name, group))
        if pupil is None:
            same_number += [(pupils[-1], one) for one in unlisted if one.number == entry.number]
    after = with_pupils(before if before is not None else SchoolClass(class_name, [], secret_kind), pupils)
    return ListedClass(ClassChange(before, after), len(listed), unlisted, same_number)


def _matches(present: Sequence[Pupil], entries: Sequence[Entry]) -> list[Pupil | None]:
    """For each entry the pupil who is meant: of several of a name the one with that number, or else the next."""
    left = list(present)
    found: list[Pupil | None] = [None] * len(entries)
    for with_number in (True, False):
        for index, entry in enumerate(entries):
            if found[index] is None:
                found[index] = next((pupil for pupil in left if _fits(pupil, entry, with_number)), None)
                if found[index] is not None:
                    left.remove(found[index])  # type: ignore[arg-type]
    return found


def _fits(pupil: Pupil, entry: Entry, with_number: bool) -> bool:
    return pupil.first_name.casefold() == entry.first_name.casefold() and (not with_number or pupil.number == entry.number)
