"""Test the parts of a circuit on a board, one after another: run each part's program, judge what it did, report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import CheckReport, Report, make_report
from lovhe.core.circuits.part_tests import PartTrial
from lovhe.core.errors import BoardError, InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.services.checking import check_program, let_go
from lovhe.services.ports import AskingStage, BoardLink, ShowingStage, Stage

_PROGRAM_NAME = "test.py"


class TrialWatcher(Protocol):
    """What follows a board's test."""

    def begins(self, trial: PartTrial, number: int, count: int) -> None:
        """The part's turn has come: the `number`th of `count`."""
        ...

    def ended(self, trial: PartTrial, report: CheckReport) -> None:
        """This is what became of it."""
        ...


def check_parts(
    lesson_id: str,
    trials: Sequence[PartTrial],
    link: BoardLink,
    stage_for: Callable[[Lesson], Stage],
    watcher: TrialWatcher,
    *,
    runtime: Mapping[str, bytes] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Try every part; what has failed holds no other one up. The parts are let go at the end, whatever ended it.

    `cancelled()` ends it before the next part, and the part at hand is unclear. `stage_for` makes the stage for one part's lesson.
    Blocks for seconds a part, and for as long as a person takes. Raises `BoardError`s when the board goes away.
    """
    reports: list[CheckReport] = []
    used: Lesson | None = None
    try:
        for number, trial in enumerate(trials, 1):
            if cancelled():
                break
            watcher.begins(trial, number, len(trials))
            used = trial.lesson or used
            reports.append(_try(trial, link, stage_for, runtime or {}, cancelled))
            watcher.ended(trial, reports[-1])
    finally:
        if used is not None:
            with suppress(BoardError):  # it is gone; what ended the test is told already
                let_go(link, used)
    return make_report(lesson_id, reports)


def _try(
    trial: PartTrial,
    link: BoardLink,
    stage_for: Callable[[Lesson], Stage],
    runtime: Mapping[str, bytes],
    cancelled: Callable[[], bool],
) -> CheckReport:
    if trial.lesson is None:
        return trial.skipped()
    stage = stage_for(trial.lesson)
    if not isinstance(stage, AskingStage):
        stage = _OtherCircuit(stage)
    _, events = check_program(trial.lesson, trial.source, link, stage, name=_PROGRAM_NAME, runtime=runtime, cancelled=cancelled)
    events = [_without_line(event) for event in events]  # of a program that nobody has written here
    ending = next((event for event in events if event.kind == "end"), None)
    return trial.report(judge(trial.lesson, trial.source, events).checks[-1], ending)


def _without_line(event: Event) -> Event:
    return Event(event.t_ms, "end", [*event.args[:3], 0]) if event.kind == "end" else event


class _OtherCircuit:
    """The stage of a virtual board whose circuit may lack a part, as a table's may: changing it then changes nothing."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.begin, self.allow, self.reached, self.now_ms, self.end = stage.begin, stage.allow, stage.reached, stage.now_ms, stage.end

    def set(self, part_id: str, value: str) -> None:
        with suppress(InputError):
            self._stage.set(part_id, value)

    def part_state(self, part_id: str) -> Mapping[str, object]:
        return self._stage.part_state(part_id) if isinstance(self._stage, ShowingStage) else {}
