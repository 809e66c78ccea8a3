"""Prove a lesson before a class sees it: right programs pass, wrong ones are caught by the check they name, the starter does not pass."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

import msgspec

from lovhe.core.checks.report import Report
from lovhe.core.errors import LovheError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.programs import LessonProgram, lesson_programs
from lovhe.core.lessons.weakness import WeakCheck, printing_program, weak_checks
from lovhe.services.program_pool import Bench, Job, Judged, judge_programs


class ProgramTrial(msgspec.Struct, frozen=True):
    """What became of one program. `error` is a fault on our side; then there is no report."""

    lesson_id: str
    program: LessonProgram
    report: Report | None
    error: LovheError | None = None

    @property
    def failed(self) -> list[str]:
        """The ids of the checks that failed."""
        return [check.id for check in self.report.checks if check.outcome == "failed"] if self.report else []

    @property
    def right(self) -> bool:
        """Whether the verdict is the one the lesson's author wants; for a wrong program the check named must be the first to fail."""
        if self.report is None:
            return False
        if self.program.wanted == "passed":
            return self.report.outcome == "passed"
        if self.program.wanted == "failed":
            return self.report.outcome == "failed" and self.failed[:1] == [self.program.caught_by]
        return self.report.outcome != "passed"


class LessonTrial(msgspec.Struct, frozen=True):
    """What became of a lesson: its programs in their order, and the checks that prove little."""

    lesson: Lesson
    programs: list[ProgramTrial]
    weak: list[WeakCheck] = []


def try_lessons(
    lessons: Iterable[Lesson],
    bench: Bench,
    runtime: Mapping[str, bytes],
    *,
    repeat: int = 1,
    workers: int = 0,
    on_done: Callable[[], None] = lambda: None,
    stopped: threading.Event | None = None,
) -> list[LessonTrial]:
    """Judge all programs of `lessons`, those of each step by its checks, `repeat` times, as `judge_programs` does.

    Blocks until all are judged; results come in the order of lessons and programs. Raises `JudgingStopped` once `stopped` is set.
    """
    rows = [(lesson, lesson_programs(lesson) * repeat) for lesson in lessons]
    jobs = [job for lesson, programs in rows for job in _jobs(lesson, programs)]
    judged = iter(judge_programs(jobs, bench, runtime, workers=workers, on_done=on_done, stopped=stopped))
    return [_lesson_trial(lesson, programs, list(islice(judged, len(programs) + 1))) for lesson, programs in rows]


def count_jobs(lessons: Iterable[Lesson], repeat: int = 1) -> int:
    """How often `on_done` will be called."""
    return sum(len(lesson_programs(lesson)) * repeat + 1 for lesson in lessons)


def _jobs(lesson: Lesson, programs: Iterable[LessonProgram]) -> list[Job]:
    """Each program with the checks of its step, and one that only prints with all of them."""
    lessons = {step.id: lesson.judged_by(step) for step in lesson.file.step} | {"": lesson}
    return [*(Job(lessons[program.step], program.source) for program in programs), Job(lesson, printing_program(lesson))]


def _lesson_trial(lesson: Lesson, programs: Sequence[LessonProgram], judged: Sequence[Judged]) -> LessonTrial:
    *ours, printing = judged
    trials = [ProgramTrial(lesson.id, program, one.report, one.error) for program, one in zip(programs, ours, strict=True)]
    done = [(trial.program, trial.report) for trial in trials if trial.report is not None]
    return LessonTrial(lesson, trials, weak_checks(lesson, done, printing.report) if done else [])
