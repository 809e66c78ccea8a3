"""A class's points by lesson and by skill, from what its pupils have handed in, alone or with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.progress import State, Tried, lesson_progress, step_totals
from lovhe.core.marks.corrections import Correction
from lovhe.core.pupils.pupil import Pupil

Counted = Literal["best", "last"]
"""Which attempt at a step counts: the one with the most points, or the newest."""


SkillKind = Literal["strands", "digcomp"]
"""The strands of the Digital Skills programme, or the competences of DigComp 2.2 by number."""

SKILL_KINDS: tuple[SkillKind, ...] = ("strands", "digcomp")

By = Literal["lessons", "strands", "digcomp"]
"""What points are told by."""

BY: tuple[By, ...] = ("lessons", *SKILL_KINDS)


class TriedAt(Tried, Protocol):
    """An attempt and when it was, as ISO 8601 in UTC."""

    @property
    def when_utc(self) -> str: ...


class LessonMark(msgspec.Struct, frozen=True):
    """What a pupil has reached in a lesson. `state` is `checked` when its goal is passed; `newest_utc` is when they last handed in.

    `correction` is there where a teacher has set the points.
    """

    points: int
    total: int
    state: State
    attempts: int
    newest_utc: str
    correction: Correction | None = None


class SkillMark(msgspec.Struct, frozen=True):
    """Points in the lessons that train a skill and that the class has begun."""

    points: int
    total: int


class PupilMarks(msgspec.Struct, frozen=True):
    """A pupil's lessons by id, those alone in which they have handed in something."""

    pupil: Pupil
    lessons: Mapping[str, LessonMark]

    @property
    def points(self) -> int:
        """All together."""
        return sum(mark.points for mark in self.lessons.values())


class ClassMarks(msgspec.Struct, frozen=True):
    """The lessons that the class has begun, in the order of all lessons, with what each is worth, and its pupils by number."""

    lessons: Sequence[Lesson]
    totals: Mapping[str, int]
    pupils: Sequence[PupilMarks]

    def skills(self, marks: PupilMarks, kind: SkillKind) -> dict[str, SkillMark]:
        """A pupil's points by Digital Skills strand or DigComp number, in the order of first training."""
        found: dict[str, SkillMark] = {}
        for lesson in self.lessons:
            mark = marks.lessons.get(lesson.id)
            points, total = (mark.points, mark.total) if mark is not None else (0, self.totals[lesson.id])
            for name in dict.fromkeys(getattr(lesson.file.skills, kind)):
                before = found.get(name, SkillMark(0, 0))
                found[name] = SkillMark(before.points + points, before.total + total)
        return dict(sorted(found.items())) if kind == "digcomp" else found


def class_marks(
    lessons: Sequence[Lesson],
    pupils: Sequence[Pupil],
    tried: Iterable[TriedAt],
    counted: Counted = "best",
    corrections: Iterable[Correction] = (),
) -> ClassMarks:
    """The marks of a class. `tried` is what its pupils handed in, oldest first; lessons that are not there any more do not count.

    The newest of `corrections`, oldest first, is in force for each pupil and lesson.
    """
    made: dict[str, dict[str, list[TriedAt]]] = {pupil.id: {} for pupil in pupils}
    for one in tried:
        for pupil_id in one.pupils:
            if pupil_id in made:
                made[pupil_id].setdefault(one.lesson_id, []).append(one)
    newest = {(one.pupil_id, one.lesson_id): one for one in corrections}
    in_force = {key: one for key, one in newest.items() if one.points is not None}
    for pupil_id, lesson_id in in_force:
        if pupil_id in made:
            made[pupil_id].setdefault(lesson_id, [])
    begun = [lesson for lesson in lessons if any(lesson.id in by_lesson for by_lesson in made.values())]
    worth = {lesson.id: step_totals(lesson) for lesson in begun}
    marks = []
    for pupil in pupils:
        mine = {
            lesson.id: _mark(lesson, made[pupil.id][lesson.id], pupil, counted, worth[lesson.id])
            for lesson in begun
            if lesson.id in made[pupil.id]
        }
        mine |= {name: _corrected(mark, in_force[pupil.id, name]) for name, mark in mine.items() if (pupil.id, name) in in_force}
        marks.append(PupilMarks(pupil, mine))
    totals = {lesson.id: max(one.lessons[lesson.id].total for one in marks if lesson.id in one.lessons) for lesson in begun}
    return ClassMarks(begun, totals, marks)


def _mark(lesson: Lesson, tried: Sequence[TriedAt], pupil: Pupil, counted: Counted, worth: Mapping[str, int]) -> LessonMark:
    counting: Iterable[TriedAt] = {one.step: one for one in tried}.values() if counted == "last" else tried
    progress = lesson_progress(lesson, counting, [pupil.id], worth)
    return LessonMark(progress.points, progress.total, progress.state, len(tried), tried[-1].when_utc if tried else "")


def _corrected(mark: LessonMark, correction: Correction) -> LessonMark:
    points = min(correction.points if correction.points is not None else mark.points, mark.total)
    return msgspec.structs.replace(mark, points=points, correction=correction)
