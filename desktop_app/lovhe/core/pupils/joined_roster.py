"""Classes and pupils as they are, from all that was ever noted of them on any PC: the same for the same notes, in whatever order they came.

A note is what a class or a pupil was from a moment on, under the id that one PC gave. Notes are only ever added, so that files from many
PCs can be joined; who is one with whom, and which note is in force, is found out from all of them anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, TypeVar

import msgspec
from msgspec.structs import replace

from lovhe.core.pupils.group import MOST_PUPILS
from lovhe.core.pupils.pupil import SecretKind, looks
from lovhe.core.pupils.same_ones import Known, Name, same_ones

_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=36)]
_Moment = Annotated[str, msgspec.Meta(max_length=32)]
_Number = Annotated[int, msgspec.Meta(ge=-(1 << 31), lt=1 << 31)]


class ClassNote(msgspec.Struct, frozen=True, order=True):
    """What a class was from `when_utc` on; `chain` names the file in which it was noted. In the order of time, then of values."""

    when_utc: _Moment
    chain: _Id
    id: _Id
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=16)]
    secret_kind: SecretKind
    has_left: bool


class PupilNote(msgspec.Struct, frozen=True, order=True):
    """The same of a pupil. `class_id` is as that file knew the class; `group` is 0 for none."""

    when_utc: _Moment
    chain: _Id
    id: _Id
    class_id: _Id
    number: _Number
    first_name: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    group: _Number


class Renumbered(msgspec.Struct, frozen=True):
    """A pupil whose number somebody else has, too: `number` is what they have instead."""

    class_name: str
    first_name: str
    wanted: int
    number: int


class JoinedRoster(msgspec.Struct, frozen=True):
    """What there is, under the ids that are in force; `same` tells those of all other ids."""

    classes: list[ClassNote]
    pupils: list[PupilNote]
    same: dict[str, str]
    renumbered: list[Renumbered]


_Note = TypeVar("_Note", ClassNote, PupilNote)


def joined_roster(
    class_notes: Iterable[ClassNote], pupil_notes: Iterable[PupilNote], apart: Sequence[tuple[str, str]] = ()
) -> JoinedRoster:
    """Find out who is there; the ids of a pair in `apart` are two. Pupils of a class of which nothing is known are left out."""
    of_class = _by_id(class_notes)
    same_classes = _one_of_each_name(of_class, _same(of_class, apart, lambda note: (looks(note.name),)))
    classes = _in_force(of_class, same_classes)
    of_pupil = _by_id(replace(note, class_id=same_classes[note.class_id]) for note in pupil_notes if note.class_id in same_classes)
    same_pupils = _same(of_pupil, apart, lambda note: (note.class_id, note.number, note.first_name.casefold()))
    wanted = _in_force(of_pupil, same_pupils)
    pupils = _with_numbers(_without_crowds(list(wanted.values())))
    renumbered = [
        Renumbered(classes[one.class_id].name, one.first_name, wanted[one.id].number, one.number)
        for one in pupils
        if one.number != wanted[one.id].number
    ]
    same = {one: other for one, other in (same_classes | same_pupils).items() if one != other}
    return JoinedRoster(list(classes.values()), pupils, same, renumbered)


def _by_id(notes: Iterable[_Note]) -> dict[str, list[_Note]]:
    """The notes of each id in their order."""
    found: dict[str, list[_Note]] = defaultdict(list)
    for note in sorted(notes):
        found[note.id].append(note)
    return found


def _same(of_id: Mapping[str, list[_Note]], apart: Sequence[tuple[str, str]], name: Callable[[_Note], Name]) -> dict[str, str]:
    known = [Known(one_id, notes[0].chain, tuple(dict.fromkeys(map(name, notes)))) for one_id, notes in of_id.items()]
    return same_ones(known, apart)


def _one_of_each_name(of_class: Mapping[str, list[ClassNote]], same: Mapping[str, str]) -> dict[str, str]:
    """People tell a class by its name: those that came to one name are one, also where it was another's before."""
    now = _in_force(of_class, same)
    oldest: dict[str, str] = {}
    for class_id in sorted(now):
        oldest.setdefault(looks(now[class_id].name), class_id)
    return {one: oldest[looks(now[other].name)] for one, other in same.items()}


def _in_force(of_id: Mapping[str, list[_Note]], same: Mapping[str, str]) -> dict[str, _Note]:
    """The newest note of each, under the id in force, oldest ids first. What was changed counts more than how a list came in."""
    newest: dict[str, tuple[bool, _Note]] = {}
    for one_id in sorted(of_id):
        notes = of_id[one_id]
        found = (len(notes) > 1, notes[-1])
        newest[same[one_id]] = max(found, newest.get(same[one_id], found))
    return {one_id: replace(note, id=one_id) for one_id, (_, note) in sorted(newest.items())}


def _without_crowds(pupils: Sequence[PupilNote]) -> list[PupilNote]:
    """Groups made on different PCs may have come to one number: where they are more than can share a keyboard, they are none."""
    size = Counter((one.class_id, one.group) for one in pupils)
    return [replace(one, group=0) if size[one.class_id, one.group] > MOST_PUPILS else one for one in pupils]


def _with_numbers(pupils: Sequence[PupilNote]) -> list[PupilNote]:
    """Of two with one number, the older id keeps it; the other one gets the next after all that are wanted."""
    highest: dict[str, int] = defaultdict(int)
    for one in pupils:
        highest[one.class_id] = max(highest[one.class_id], one.number)
    taken: set[tuple[str, int]] = set()
    found = []
    for one in pupils:
        number = one.number
        if (one.class_id, number) in taken:
            number = highest[one.class_id] = highest[one.class_id] + 1
        taken.add((one.class_id, number))
        found.append(replace(one, number=number))
    return found
