"""From a judged run to a stored result: what both front ends do after a check."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import Report, encode_report
from lovhe.core.lessons.lesson import Lesson
from lovhe.services.ports import Attempt, ResultsStore


def record_attempt(
    store: ResultsStore, lesson: Lesson, report: Report, events: Sequence[Event], *, board: str, program: str, student: str = ""
) -> Attempt:
    """Keep a run's verdict, program and evidence under a new UUIDv7, and return what was kept. Raises `ResultsError`."""
    import uuid_utils

    attempt = Attempt(
        id=str(uuid_utils.uuid7()),
        lesson_id=lesson.id,
        board=board,
        student=student,
        when_utc=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        program=program,
        outcome=report.outcome,
        points=report.points,
        total=report.total,
        report=encode_report(report),
        evidence=events,
        step=report.step,
    )
    store.add(attempt)
    return attempt
