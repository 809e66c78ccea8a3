"""What a teacher changes by hand, kept so that a later change of it is noticed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from lovhe.core.audit.hash_chain import Entry, Fault
from lovhe.core.marks.corrections import Correction


class Audit(Protocol):
    """Changes by hand. What a method notes is on the disk when it returns. All methods raise `ResultsError`."""

    def correct(self, pupil_id: str, lesson_id: str, points: int | None, reason: str) -> None:
        """Set a pupil's points in a lesson; None takes back what was set."""
        ...

    def corrections(self, pupils: Sequence[str]) -> list[Correction]:
        """All that was set for these pupils, oldest first; the newest of a pupil and lesson is in force."""
        ...

    def faults(self) -> list[tuple[Fault, Entry]]:
        """What was changed or taken out afterwards; nothing if all is as it was written."""
        ...

    def head(self) -> tuple[int, str]:
        """How many entries there are, and a short code for all of them, to be written down."""
        ...
