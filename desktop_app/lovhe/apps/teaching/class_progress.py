"""How a class stands while the lesson runs: who is where, who is stuck, and what all have reached."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from lovhe.apps import wiring
from lovhe.apps.teaching.at_work import PAUSE_S, AtWork, at_work, last_rows
from lovhe.apps.workspace.lesson_list import read_shelf
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.marks.class_marks import ClassMarks, class_marks
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.services.ports import Mark


class ClassProgress(msgspec.Struct, frozen=True):
    """A class at one moment. `at_work` has those first who are stuck now, the longest first, then the others by number."""

    school_class: SchoolClass
    at_work: Sequence[AtWork]
    marks: ClassMarks
    at: datetime.datetime

    @property
    def stuck(self) -> int:
        """How many are stuck now."""
        return sum(is_stuck_now(one, self.at) for one in self.at_work)

    @property
    def here(self) -> int:
        """How many have handed in something in this lesson."""
        return sum(is_now(one, self.at) for one in self.at_work)


def classes_here() -> list[SchoolClass]:
    """The classes that have pupils and are at school. Not for the event loop. Raises `ResultsError`."""
    with wiring.results() as store:
        return [one for one in store.roster().classes() if one.pupils and not one.has_left]


def now() -> datetime.datetime:
    """The moment that it is."""
    return datetime.datetime.now(datetime.UTC)


def read_class(school_class: SchoolClass, at: datetime.datetime) -> ClassProgress:
    """How it stands `at` a moment. Takes a tenth of a second: not for the event loop. Raises `LovheError`."""
    lessons = read_shelf().lessons
    ids = [pupil.id for pupil in school_class.pupils]
    with wiring.results() as store:
        tried = store.progress_of(ids)
        rows = last_rows(school_class.pupils, tried)
        failed = store.failed_checks([one.id for row in rows.values() for one in row if one.outcome == "failed"])
        corrections = store.audit().corrections(ids)
    order = sorted(at_work(school_class.pupils, rows, failed), key=lambda one: _rank(one, at))
    return ClassProgress(school_class, order, class_marks(lessons, school_class.pupils, tried, "best", corrections), at)


def read_attempts(pupil: Pupil) -> tuple[list[Mark], dict[str, Lesson]]:
    """What a pupil has handed in, the newest first, and the lessons by id. Not for the event loop. Raises `LovheError`."""
    lessons = {lesson.id: lesson for lesson in read_shelf().lessons}
    with wiring.results() as store:
        return store.progress_of([pupil.id])[::-1], lessons


def is_now(one: AtWork, at: datetime.datetime) -> bool:
    """Whether the pupil has handed in something in this lesson, and not on another day."""
    return bool(one.when_utc) and seconds_since(one.when_utc, at) <= PAUSE_S


def is_stuck_now(one: AtWork, at: datetime.datetime) -> bool:
    """Whether they are stuck in this lesson."""
    return one.is_stuck and is_now(one, at)


def seconds_since(when_utc: str, at: datetime.datetime) -> float:
    """How long ago something was; a PC whose clock was set back gives 0."""
    return max(0.0, (at - datetime.datetime.fromisoformat(when_utc)).total_seconds())


def _rank(one: AtWork, at: datetime.datetime) -> tuple[bool, str, int]:
    stuck = is_stuck_now(one, at)
    return not stuck, one.since_utc if stuck else "", one.pupil.number
