"""Where verdicts are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from lovhe.core.checks.evidence import Event


class Attempt(msgspec.Struct, frozen=True):
    """One judged run or answer, as it is stored. `report` is `core.checks.report.Report`; `pupils` are the ids of who made it.

    `program` is what was handed in: a program, or what was answered. `step` is the lesson's step, "" where it has none.
    """

    id: str
    lesson_id: str
    board: str
    pupils: Sequence[str]
    when_utc: str
    program: str
    outcome: str
    points: int
    total: int
    report: bytes
    evidence: Sequence[Event]
    step: str = ""


class Mark(msgspec.Struct, frozen=True):
    """What one attempt came to, without what was handed in. `pupils` are those of the pupils asked about who made it."""

    id: str
    lesson_id: str
    step: str
    outcome: str
    points: int
    total: int
    when_utc: str
    pupils: tuple[str, ...]


class ResultsStore(Protocol):
    """Results kept on this PC. All methods raise `ResultsError`."""

    def add(self, attempt: Attempt) -> None:
        """Keep an attempt; when this returns, a power cut cannot take it away. Raises `ResultsError`."""
        ...

    def attempts(self, lesson_id: str | None = None, pupil_id: str | None = None) -> list[Attempt]:
        """All attempts, or those at one lesson, or by one pupil, oldest first, without their evidence."""
        ...

    def attempt(self, id_start: str) -> Attempt:
        """The one attempt whose id begins with `id_start`, with its evidence. Raises `InputError` when there is none or more than one."""
        ...

    def progress_of(self, pupils: Sequence[str]) -> list[Mark]:
        """What each attempt that one of these pupils made, alone or with others, came to; oldest first. Without reports and evidence."""
        ...

    def failed_checks(self, attempts: Sequence[str]) -> dict[str, list[str]]:
        """By the ids of these attempts the ids of the checks that each failed, in the lesson's order. One that failed none is not there."""
        ...
