"""The one to three pupils who share a keyboard, or a guest; each group has its own work on this PC."""

from __future__ import annotations

import hashlib

import msgspec

from lovhe.core.pupils.pupil import Pupil

MOST_PUPILS = 3


class Group(msgspec.Struct, frozen=True):
    """Who is here. Without pupils it is a guest, told apart from other guests by `guest`, a UUIDv7."""

    pupils: tuple[Pupil, ...] = ()
    guest: str = ""

    @property
    def key(self) -> str:
        """A name for their work, the same whoever signed in first, and safe as a folder's name."""
        if not self.pupils:
            return f"guest-{self.guest}"
        ids = "\n".join(sorted(pupil.id for pupil in self.pupils))
        return hashlib.sha256(ids.encode()).hexdigest()[:24]

    @property
    def names(self) -> str:
        """The first names, as they stand in the list; "" for a guest."""
        return ", ".join(pupil.first_name for pupil in sorted(self.pupils, key=lambda pupil: (pupil.class_name, pupil.number)))
