"""Who sits at the PC: the classes and pupils that this PC knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from lovhe.core.pupils.class_changes import ClassChange
from lovhe.core.pupils.pupil import Pupil, SchoolClass, SecretKind


class KeptSecret(msgspec.Struct, frozen=True):
    """A pupil's secret as it is kept. `hashed` is what `core.pupils.secrets.hashed` made, "" where there is none yet.

    `wrong` counts the wrong tries since the last right one; the last of them was at `wrong_utc`, ISO 8601, "" for never.
    """

    hashed: str = ""
    wrong: int = 0
    wrong_utc: str = ""


class Erased(msgspec.Struct, frozen=True):
    """What went with a pupil: attempts that they made alone; and those made with others, which stay as the others'."""

    attempts: int
    shared: int


class Roster(Protocol):
    """Classes and their pupils. What a method notes is on the disk when it returns. All methods raise `ResultsError`."""

    def classes(self) -> list[SchoolClass]:
        """All classes by name, each with its pupils by number."""
        ...

    def pupil(self, pupil_id: str) -> Pupil | None:
        """The pupil of that id, if this PC knows it."""
        ...

    def change(self, changes: Sequence[ClassChange]) -> None:
        """Make classes, or make of them what they shall be, all or none; pupils may go from one to another. Nobody is removed by that.

        Raises `InputError`, and changes nothing, where a class is not any more what `before` says.
        """
        ...

    def erase(self, pupil_id: str) -> Erased:
        """Take a pupil out with all that they made alone, also corrections. That it was done is written down, without a name."""
        ...

    def set_secret_kind(self, class_name: str, kind: SecretKind) -> None:
        """How the pupils of a class show that it is they; secrets of another kind are forgotten. Raises `InputError`."""
        ...

    def set_secret(self, pupil_id: str, hashed: str) -> None:
        """Keep a pupil's hashed secret (`core.pupils.secrets`); "" forgets it, and a new one is chosen. Wrong tries are forgotten."""
        ...

    def secret(self, pupil_id: str) -> KeptSecret:
        """What is kept to know the pupil by; an empty one where there is no such pupil."""
        ...

    def with_secret(self) -> set[str]:
        """The ids of those who have chosen one."""
        ...

    def second_shift(self) -> str:
        """When the second shift begins at this PC, "13:00"."""
        ...

    def set_second_shift(self, begin: str) -> None:
        """Keep when it begins, as `core.pupils.shifts.check_begin` gives it."""
        ...

    def note_try(self, pupil_id: str, right: bool, when_utc: str) -> None:
        """Count a wrong try at that moment; a right one sets the count back to none."""
        ...
