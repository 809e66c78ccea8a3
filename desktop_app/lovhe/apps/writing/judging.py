"""Tests and mutation of lessons that are being written, in a thread: counted, and stopped whenever their writer likes."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from lovhe.apps.workspace.jobs import Job
from lovhe.apps.writing.lesson_files import read_written, stamp_of
from lovhe.apps.writing.written import Outcome, WrittenLesson
from lovhe.core.errors import LovheError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lovhe.core.lessons.lesson import Lesson
    from lovhe.services.lesson_trial import LessonTrial


class Judging(Job):
    """One lesson after another; `now` is the one at hand. What came of each is put into it, nothing of one that was stopped."""

    kind: ClassVar[Literal["tests", "mutation"]]

    def __init__(self, lessons: Sequence[WrittenLesson]) -> None:
        super().__init__()
        self._lessons = list(lessons)
        self._one = threading.Lock()
        self.now: WrittenLesson | None = None

    def _work(self) -> None:
        from lovhe.services.program_pool import JudgingStopped

        for lesson in self._lessons:
            if self.stopped.is_set():
                return
            self.now = lesson
            outcome = Outcome(stamp_of(lesson.place))
            try:
                self._begin(lesson, 0)
                self._judge(lesson, outcome)
            except LovheError as problem:
                outcome.problem = problem
            except JudgingStopped:
                return
            finally:
                lesson.busy = None
            self._keep(lesson, outcome)

    def _begin(self, lesson: WrittenLesson, total: int) -> None:
        lesson.busy = self.kind, 0, total

    def _done(self) -> None:
        """Called from several threads."""
        with self._one:
            lesson = self.now
            if lesson is not None and lesson.busy is not None:
                lesson.busy = self.kind, lesson.busy[1] + 1, lesson.busy[2]

    def _judge(self, lesson: WrittenLesson, outcome: Outcome) -> None:
        raise NotImplementedError

    def _keep(self, lesson: WrittenLesson, outcome: Outcome) -> None:
        raise NotImplementedError


class TestLessons(Judging):
    """All programs of the lessons, each judged as the lesson wants it or not."""

    kind = "tests"
    __test__ = False  # pytest takes what is called so for a test

    def _judge(self, lesson: WrittenLesson, outcome: Outcome) -> None:
        from lovhe.apps import wiring
        from lovhe.services.lesson_trial import count_jobs, try_lessons

        lessons = [read_written(lesson.place)]
        self._begin(lesson, count_jobs(lessons))
        trials = try_lessons(lessons, wiring.virtual_bench, wiring.runtime(), on_done=self._done, stopped=self.stopped)
        refuse_unjudged(trials)
        [outcome.trial] = trials

    def _keep(self, lesson: WrittenLesson, outcome: Outcome) -> None:
        lesson.tests = outcome


class MutateLessons(Judging):
    """All small changes to the lessons' solutions, each caught by the checks or let through."""

    kind = "mutation"

    def _judge(self, lesson: WrittenLesson, outcome: Outcome) -> None:
        from lovhe.apps import wiring
        from lovhe.services.lesson_mutation import chosen_mutants, mutate_lessons

        read: Lesson = read_written(lesson.place)
        mutants = chosen_mutants(read, None, 1)
        self._begin(lesson, len(mutants) + len(read.solutions))
        rows = [(read, mutants)]
        [outcome.mutation] = mutate_lessons(rows, wiring.virtual_bench, wiring.runtime(), on_done=self._done, stopped=self.stopped)

    def _keep(self, lesson: WrittenLesson, outcome: Outcome) -> None:
        lesson.mutation = outcome


def refuse_unjudged(trials: Iterable[LessonTrial]) -> None:
    """Raise why nothing at all could be judged on this PC."""
    programs = [program for trial in trials for program in trial.programs]
    if programs and all(program.error for program in programs) and programs[0].error is not None:
        raise programs[0].error
