"""The one to three pupils who share a keyboard, or a guest; each group has its own work on this PC."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from lovhe.core.pupils.pupil import Pupil

MOST_PUPILS = 3


def work_key(pupils: Iterable[str]) -> str:
    """What the work of these pupils, by their ids, is kept under."""
    return hashlib.sha256("\n".join(sorted(pupils)).encode()).hexdigest()[:24]


def groups_with(pupil: str, others: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The ids of all groups in which a pupil may have been, alone, with one or with two of `others`: millions in a large school."""
    for count in range(MOST_PUPILS):
        for some in itertools.combinations(others, count):
            yield (pupil, *some)


class Group(msgspec.Struct, frozen=True):
    """Who is here. Without pupils it is a guest, told apart from other guests by `guest`, a UUIDv7."""

    pupils: tuple[Pupil, ...] = ()
    guest: str = ""

    @property
    def key(self) -> str:
        """A name for their work, the same whoever signed in first, and safe as a folder's name."""
        if not self.pupils:
            return f"guest-{self.guest}"
        return work_key(pupil.id for pupil in self.pupils)

    @property
    def names(self) -> str:
        """The first names, as they stand in the list; "" for a guest."""
        return ", ".join(pupil.first_name for pupil in sorted(self.pupils, key=lambda pupil: (pupil.class_name, pupil.number)))
