"""The lessons as a group sees them: by grade, with how far they are, where to go on, and what is found by typing."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence

import msgspec

from lovhe.apps import wiring
from lovhe.apps.lesson_view import language_for
from lovhe.apps.workspace.desk import Desk
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.progress import LessonProgress, Skills, Tried, is_done, lesson_progress, points_of, skills_gained, what_next
from lovhe.core.lessons.steps import LessonStep, sections
from lovhe.core.messages import Text
from lovhe.core.pupils.group import Group
from lovhe.core.typed_words import holds_words, plain, readings

_one_reader = threading.Lock()


class Shelf(msgspec.Struct):
    """All lessons that can be read, in their order, why others cannot, and by id the words that a lesson is found by."""

    lessons: list[Lesson]
    broken: list[Text]
    words: dict[str, str]


class _Kept(msgspec.Struct):
    stand: list[tuple[str, str, int, int]] = []
    shelf: Shelf | None = None


_kept = _Kept()


class _GuestTry(msgspec.Struct, frozen=True):
    """A step that a guest has handed in, as their own notes tell it."""

    lesson_id: str
    step: str
    outcome: str
    points: int
    total: int
    pupils: tuple[str, ...] = ()


def read_shelf() -> Shelf:
    """The lessons; read anew where a file has changed. Takes some 0.4 s the first time: not for the event loop. Raises `LovheError`."""
    from lovhe.apps.workspace.lessons_here import lessons_stand

    with _one_reader:
        stand = lessons_stand()
        if _kept.shelf is None or stand != _kept.stand:
            broken: list[Text] = []
            lessons = wiring.kit().lessons(broken=lambda problem: broken.append(problem.what))
            _kept.stand, _kept.shelf = stand, Shelf(lessons, broken, {lesson.id: _searched(lesson) for lesson in lessons})
        return _kept.shelf


def kept_shelf() -> Shelf | None:
    """What was read last, to be shown at once; None before the first time."""
    return _kept.shelf


def read_progress(shelf: Shelf, group: Group, opened: Sequence[str]) -> dict[str, LessonProgress]:
    """How far the group is in each lesson, by id. Of a guest, the lessons `opened` since they sat down count. Not for the event loop.

    Raises `LovheError` where the results cannot be read.
    """
    pupils = [pupil.id for pupil in group.pupils]
    tried: list[Tried] = []
    if pupils:
        with wiring.results() as store:
            tried += store.progress_of(pupils)
    else:
        tried += [one for lesson in shelf.lessons if lesson.id in opened for one in _guest_tries(lesson, group)]
    by_lesson: dict[str, list[Tried]] = {}
    for one in tried:
        by_lesson.setdefault(one.lesson_id, []).append(one)
    return {lesson.id: _with_work(lesson_progress(lesson, by_lesson.get(lesson.id, ()), pupils), lesson, group) for lesson in shelf.lessons}


def _with_work(progress: LessonProgress, lesson: Lesson, group: Group) -> LessonProgress:
    """A lesson in which they have typed something is begun, though nothing was checked yet."""
    from lovhe.apps.workspace.wiring import work_store

    if progress.state == "new" and work_store().has_work(group.key, lesson.id):
        return msgspec.structs.replace(progress, state="begun")
    return progress


def _guest_tries(lesson: Lesson, group: Group) -> list[_GuestTry]:
    from lovhe.apps.workspace.step_notes import StepNotes
    from lovhe.apps.workspace.wiring import work_store

    notes = StepNotes(lesson, group, work_store())
    found = []
    steps: Sequence[LessonStep | None] = lesson.file.step or [None]
    for step in steps:
        note = notes.of(step)
        if note.outcome:
            total = points_of(lesson, step)
            points = total if note.outcome == "passed" else min(note.points, total)
            found.append(_GuestTry(lesson.id, step.id if step is not None else "", note.outcome, points, total))
    return found


class LessonList:
    """What the screen of lessons shows. `shelf` and `progress` are None until they were read; `typed` is what is searched for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.shelf: Shelf | None = kept_shelf()
        self.progress: dict[str, LessonProgress] | None = None
        self.problem: LovheError | None = None
        self.typed = ""
        self._turned: set[int] = set()

    @property
    def grade(self) -> int:
        """The grade of the class that is here; of a guest, that of the lesson opened last, else the lowest."""
        found = re.match(r"[0-9]{1,2}", self._desk.group.pupils[0].class_name if self._desk.group and self._desk.group.pupils else "")
        if found is not None and int(found[0]) in self._all_grades():
            return int(found[0])
        last = self._lesson(self._last)
        return last.file.grade if last is not None else min(self._all_grades(), default=0)

    @property
    def grades(self) -> list[int]:
        """The grade of this class first, then the others in their order; in a search those in which something was found."""
        found = {lesson.file.grade for lesson in self.found}
        return sorted(found, key=lambda grade: (grade != self.grade, grade))

    @property
    def found(self) -> list[Lesson]:
        """The lessons that `typed` may mean; all for nothing typed."""
        if self.shelf is None or not self.typed.strip():
            return self._lessons
        for reading in readings(self.typed):
            if found := [lesson for lesson in self._lessons if holds_words(self.shelf.words[lesson.id], reading)]:
                return found
        return []

    def of_grade(self, grade: int) -> list[Lesson]:
        """Those found in a grade."""
        return [lesson for lesson in self.found if lesson.file.grade == grade]

    def is_folded(self, grade: int) -> bool:
        """Only the grade of this class is open until somebody opens another; a search opens all."""
        return not self.typed.strip() and (grade != self.grade) != (grade in self._turned)

    def fold(self, grade: int) -> None:
        """Open it, or close it."""
        self._turned ^= {grade}

    def progress_of(self, lesson: Lesson) -> LessonProgress | None:
        """How far they are in a lesson; None as long as that is not known."""
        return self.progress.get(lesson.id) if self.progress is not None else None

    def checked_of(self, grade: int) -> tuple[int, int]:
        """How many lessons of a grade are checked, and how many there are."""
        lessons = self.of_grade(grade)
        return sum((one := self.progress_of(lesson)) is not None and one.state == "checked" for lesson in lessons), len(lessons)

    @property
    def points(self) -> tuple[int, int]:
        """The points of the grade of this class, and of how many."""
        here = [one for lesson in self._of_this_grade() if (one := self.progress_of(lesson)) is not None]
        return sum(one.points for one in here), sum(one.total for one in here)

    @property
    def go_on(self) -> tuple[Lesson, LessonStep | None] | None:
        """Where the group was, or what comes next where that is done; None where nothing is left, or not known."""
        if self.shelf is None or self.progress is None:
            return None
        last = self._lesson(self._last)
        if last is not None and (one := self.progress.get(last.id)) is not None and not is_done(last, one):
            return last, last.step(self._desk.places[last.id]) or next(iter(last.file.step), None)
        return what_next(self.shelf.lessons, self.progress, last.id if last is not None else "", self.grade)

    @property
    def has_begun(self) -> bool:
        """Whether the group has opened a lesson, today or before."""
        return bool(self._last) or any(one.state != "new" for one in (self.progress or {}).values())

    @property
    def skills(self) -> Skills | None:
        """What the lessons train and how much of it is gained; None as long as that is not known."""
        return skills_gained(self.shelf.lessons, self.progress) if self.shelf is not None and self.progress is not None else None

    @property
    def _lessons(self) -> list[Lesson]:
        return self.shelf.lessons if self.shelf is not None else []

    @property
    def _last(self) -> str:
        return next(reversed(self._desk.places), "")

    def _lesson(self, lesson_id: str) -> Lesson | None:
        return next((lesson for lesson in self._lessons if lesson.id == lesson_id), None)

    def _all_grades(self) -> set[int]:
        return {lesson.file.grade for lesson in self._lessons}

    def _of_this_grade(self) -> list[Lesson]:
        return [lesson for lesson in self._lessons if lesson.file.grade == self.grade]


def _searched(lesson: Lesson) -> str:
    """Titles, goals and the list of words, in all its languages, plain."""
    words = [lesson.id]
    for text in lesson.texts.values():
        words += [text.title, text.goal, *(section.text for section in sections(text.body) if section.id == "words")]
    return plain(" ".join(words))


def title_of(lesson: Lesson, code: str) -> str:
    """The title in a language, or the one that stands in for it."""
    return lesson.texts[language_for(code, lesson.texts)].title


def goal_of(lesson: Lesson, code: str) -> str:
    """The goal, likewise."""
    return lesson.texts[language_for(code, lesson.texts)].goal
