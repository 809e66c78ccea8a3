"""Prove a lesson before a class sees it: right programs pass, wrong ones are caught by the check they name, the starter does not pass."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import msgspec

from lovhe.core.errors import LovheError
from lovhe.core.judging import watched_gpios
from lovhe.core.lesson import Lesson
from lovhe.core.report import Report
from lovhe.services.checking import check_program
from lovhe.services.ports import BoardLink, Stage

Bench = Callable[[Lesson], AbstractContextManager[tuple[BoardLink, Stage]]]
"""Makes a fresh board with the lesson's circuit in virtual time, for several programs one after another."""


class _Task(msgspec.Struct, frozen=True):
    """One program and what should become of it: `wanted` is "passed", "failed", or "not passed" for a starter."""

    program: str
    source: str
    wanted: str
    caught_by: str = ""


class ProgramTrial(msgspec.Struct, frozen=True):
    """What became of one program. `error` is a fault on our side; then there is no report."""

    lesson_id: str
    program: str
    wanted: str
    caught_by: str
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
        if self.wanted == "passed":
            return self.report.outcome == "passed"
        if self.caught_by:
            return self.report.outcome == "failed" and self.failed[:1] == [self.caught_by]
        return self.report.outcome != "passed"


def try_lessons(
    lessons: Iterable[Lesson], bench: Bench, runtime: Mapping[str, bytes], *, repeat: int = 1, workers: int = 2
) -> list[ProgramTrial]:
    """Judge the starter, all solutions and all wrong programs of `lessons`, `repeat` times, on `workers` threads.

    Blocks until all are judged; results come in the order of lessons and programs. Ctrl-C ends it after the programs at hand.
    """
    shares = [(lesson, tasks) for lesson in lessons for tasks in _shares(_tasks(lesson) * repeat, workers)]
    stopped = threading.Event()
    with ThreadPoolExecutor(workers) as pool:
        try:
            done = list(pool.map(lambda share: _judge_all(share[0], share[1], bench, runtime, stopped.is_set), shares))
        except BaseException:
            stopped.set()
            pool.shutdown(cancel_futures=True)
            raise
    return [trial for trials in done for trial in trials]


def _tasks(lesson: Lesson) -> list[_Task]:
    right = [_Task(name, source, "passed") for name, source in sorted(lesson.solutions.items())]
    wrong = [_Task(f"wrong/{program.name}", program.source, "failed", program.caught_by) for program in lesson.wrong]
    return [_Task("starter.py", lesson.starter, "not passed"), *right, *wrong]


def _shares(tasks: Sequence[_Task], count: int) -> list[Sequence[_Task]]:
    """`tasks` in at most `count` runs of about one length, so that each needs one board only."""
    size = -(-len(tasks) // count)
    return [tasks[start : start + size] for start in range(0, len(tasks), size)]


def _judge_all(
    lesson: Lesson, tasks: Sequence[_Task], bench: Bench, runtime: Mapping[str, bytes], stopped: Callable[[], bool]
) -> list[ProgramTrial]:
    try:
        with bench(lesson) as (link, stage):
            return [_judge(lesson, task, link, stage, runtime) for task in tasks if not stopped()]
    except LovheError as error:
        return [ProgramTrial(lesson.id, task.program, task.wanted, task.caught_by, None, error) for task in tasks]


def _judge(lesson: Lesson, task: _Task, link: BoardLink, stage: Stage, runtime: Mapping[str, bytes]) -> ProgramTrial:
    try:
        report, _ = check_program(lesson, task.source, link, stage, watch=watched_gpios(lesson), runtime=runtime)
    except LovheError as error:
        return ProgramTrial(lesson.id, task.program, task.wanted, task.caught_by, None, error)
    return ProgramTrial(lesson.id, task.program, task.wanted, task.caught_by, report)
