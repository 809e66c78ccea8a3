"""From a judged run to a stored result: what both front ends do after a check."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import Report, encode_report
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.pupils.pupil import Pupil, SchoolClass, class_order
from lovhe.services.ports import Attempt, ResultsStore


def record_attempt(
    store: ResultsStore, lesson: Lesson, report: Report, events: Sequence[Event], *, board: str, program: str, pupils: Sequence[Pupil] = ()
) -> Attempt:
    """Keep a run's verdict, program and evidence under a new UUIDv7, and return what was kept. Raises `ResultsError`.

    `pupils` are the group's; none for a guest.
    """
    import uuid_utils

    attempt = Attempt(
        id=str(uuid_utils.uuid7()),
        lesson_id=lesson.id,
        board=board,
        pupils=tuple(pupil.id for pupil in pupils),
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


def by_id(classes: Iterable[SchoolClass]) -> dict[str, Pupil]:
    """All pupils, to be found by their ids."""
    return {pupil.id: pupil for school_class in classes for pupil in school_class.pupils}


def made_by(attempt: Attempt, pupils: Mapping[str, Pupil]) -> str:
    """Who made an attempt, as a teacher tells them apart: "7A 3 Aysel, 7A 12 Murad"; "?" for a pupil whom this PC does not know."""
    makers = sorted((pupils[one] for one in attempt.pupils if one in pupils), key=lambda one: (class_order(one.class_name), one.number))
    known = [f"{one.class_name} {one.number} {one.first_name}" for one in makers]
    return ", ".join(known + ["?"] * (len(attempt.pupils) - len(known)))
