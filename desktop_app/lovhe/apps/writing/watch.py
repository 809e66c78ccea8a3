"""Looks at a folder of lessons again and again, and lints each lesson whose files have changed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from lovhe.apps.workspace.jobs import Job, unforeseen
from lovhe.apps.writing.lesson_files import files_of, find_written, languages_of, stamp_of
from lovhe.apps.writing.written import WrittenLesson
from lovhe.core.errors import LovheError

if TYPE_CHECKING:
    from pathlib import Path

    from lovhe.apps.writing.lesson_files import Stamp

log = logging.getLogger(__name__)

LOOK_S = 0.5
"""Between two looks: 24 lessons take some ten milliseconds of each."""


class LessonWatch(Job):
    """The lessons of `folder`: `lessons` by id, each linted anew after a change. It goes on until it is stopped.

    `trouble` is what is the matter with the folder, None for nothing; `looks` counts how often all of it was looked at.
    """

    def __init__(self, folder: Path, look_s: float = LOOK_S) -> None:
        super().__init__()
        self.folder = folder
        self.lessons: dict[str, WrittenLesson] = {}
        self.trouble: LovheError | None = None
        self.looks = 0
        self._look_s = look_s

    def _work(self) -> None:
        while not self.stopped.is_set():
            try:
                self._look()
            except LovheError as problem:
                self.trouble = problem
                self.lessons = {}
            self.looks += 1
            self.stopped.wait(self._look_s)

    def _look(self) -> None:
        places, self.trouble = find_written(self.folder)
        known = {}
        for name, place in places.items():
            lesson = self.lessons.get(name)
            if lesson is None or lesson.place.folder != place.folder:
                lesson = WrittenLesson(place)
            elif languages_of(lesson.place) != languages_of(place):
                lesson.stamp = None
            lesson.place = place
            known[name] = lesson
        self.lessons = known
        for lesson in known.values():
            stamp = stamp_of(lesson.place)
            if stamp != lesson.stamp and not self.stopped.is_set():
                lint_written(lesson, stamp)


def lint_written(lesson: WrittenLesson, stamp: Stamp) -> None:
    """Look what is to be mended in a lesson whose files stand so. Takes some 0.1 s."""
    from lovhe.apps import wiring
    from lovhe.core.lessons.lint.findings import find_in_lesson

    kit, place = wiring.kit(), lesson.place
    try:
        found = find_in_lesson(place.id, files_of(place), kit.boards(), kit.parts(), languages_of(place))
    except LovheError as problem:
        log.info("%s cannot be linted: %s", lesson.id, problem)
        lesson.problem, lesson.findings, lesson.stamp = problem, [], stamp
    except Exception as problem:
        log.warning("%s cannot be linted", lesson.id, exc_info=problem)
        lesson.problem, lesson.findings, lesson.stamp = unforeseen(), [], stamp
    else:
        lesson.problem, lesson.findings, lesson.stamp = None, found, stamp
