"""What pupils have reached in all lessons together: what the report of a school, or of many, is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from lovhe.core.lessons.lesson import Lesson
from lovhe.core.marks.class_marks import LessonMark, TriedAt, class_marks
from lovhe.core.marks.corrections import Correction
from lovhe.core.pupils.pupil import Pupil

STUCK_AFTER = 3
"""So often a step was handed in without being passed."""


class Summary(msgspec.Struct, frozen=True):
    """One pupil: in how many lessons they have handed in something, passed, and are stuck, and the points in all of them.

    `total` is what the begun lessons are worth.
    """

    begun: int = 0
    passed: int = 0
    stuck: int = 0
    points: int = 0
    total: int = 0


class ReportRow(msgspec.Struct, frozen=True):
    """A class or a school. `begun` and `passed` count each lesson of each pupil, `stuck` the pupils who are stuck in a lesson.

    `waiting` are those whose newest results are not in it yet.
    """

    name: str
    pupils: int
    begun: int
    passed: int
    points: int
    total: int
    stuck: int
    waiting: int = 0

    @property
    def percent(self) -> int | None:
        """Points of a hundred that could be had; None where nobody has begun."""
        return round(100 * self.points / self.total) if self.total else None


def summaries(
    lessons: Sequence[Lesson], pupils: Sequence[Pupil], tried: Sequence[TriedAt], corrections: Iterable[Correction] = ()
) -> dict[str, Summary]:
    """Each pupil's summary by their id. What is given is what `class_marks` takes."""
    marks = class_marks(lessons, pupils, tried, corrections=corrections)
    stuck = _stuck(tried)
    return {
        one.pupil.id: Summary(
            begun=len(one.lessons),
            passed=sum(mark.state == "checked" for mark in one.lessons.values()),
            stuck=sum((one.pupil.id, name) in stuck and _is_open(mark) for name, mark in one.lessons.items()),
            points=one.points,
            total=sum(mark.total for mark in one.lessons.values()),
        )
        for one in marks.pupils
    }


def _is_open(mark: LessonMark) -> bool:
    """Not passed, and no teacher has said what it is worth."""
    return mark.state != "checked" and mark.correction is None


def _stuck(tried: Iterable[TriedAt]) -> set[tuple[str, str]]:
    """Pupils and lessons with a step that was handed in again and again, and never passed."""
    failed = Counter[tuple[str, str, str]]()
    passed = set[tuple[str, str, str]]()
    for one in tried:
        for pupil_id in one.pupils:
            at = (pupil_id, one.lesson_id, one.step)
            failed[at] += 1
            if one.outcome == "passed":
                passed.add(at)
    return {
        (pupil_id, lesson)
        for (pupil_id, lesson, step), times in failed.items()
        if times >= STUCK_AFTER and (pupil_id, lesson, step) not in passed
    }
