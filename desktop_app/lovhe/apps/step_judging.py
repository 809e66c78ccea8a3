"""How what was handed in for a step is judged: where it runs, and the order of run, question and verdict. Both front ends use this.

A front end is a `JudgeDesk`: it shows what is said and asked, and knows who answers. Which board is used is asked for only when one is
needed: a prediction needs none, and neither does a program that cannot be compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol

import msgspec

from lovhe.apps.language import current_language
from lovhe.core.amounts import parse_duration_ms
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import CheckReport, Report
from lovhe.core.circuits.part_tests import PartTrial
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_, Message, Text
from lovhe.services.ports import BoardInfo, BoardLink, Person, Stage

if TYPE_CHECKING:
    from lovhe.apps.step_answers import StepPlan

PATIENCE_S = 30.0
"""How long somebody has for one change of the surroundings, and for one answer, while a program is checked."""

Place = Callable[[], BoardInfo]
"""Gives the board to judge on; raises `LovheError`s where there is none."""


class JudgeDesk(Protocol):
    """The front end's side of a check; also fits `services.board_testing.TrialWatcher`."""

    def says(self, sentence: Text) -> None:
        """What happens next."""
        ...

    def asks(self, sentence: str) -> None:
        """Somebody is to change the surroundings."""
        ...

    def person(self) -> AbstractContextManager[Person]:
        """Who answers questions, as long as this is open."""
        ...

    def is_attended(self) -> bool:
        """Whether somebody is there who could say that a change was made."""
        ...

    def answer(self, lesson: Lesson, step: LessonStep, events: list[Event]) -> tuple[Report, str]:
        """The verdict on the answer to a step's question, and the answer; `events` are those of the run that it is about."""
        ...

    def happened(self, event: Event) -> None:
        """The running program's next event."""
        ...

    def cancelled(self) -> bool:
        """Whether it is to end; asked many times a second."""
        ...

    def begins(self, trial: PartTrial, number: int, count: int) -> None:
        """A part's turn has come."""
        ...

    def ended(self, trial: PartTrial, report: CheckReport) -> None:
        """What became of it."""
        ...

    def mend_circuit(self, lesson: Lesson) -> Message:
        """What to do about a virtual board that has another circuit than the lesson."""
        ...


class Judged(msgspec.Struct, frozen=True):
    """A verdict with all that is kept of it: the board's name, what was handed in, and the run's events."""

    report: Report
    board: str = ""
    handed_in: str = ""
    events: list[Event] = []


def judge_step(plan: StepPlan, place: Place | None, desk: JudgeDesk) -> Judged:
    """Run what has to be run, then ask what has to be asked. `place` None is a fresh virtual board in virtual time.

    Raises `LovheError`s; blocks for the run.
    """
    judged: Judged | None = None
    if plan.wires and plan.step is not None:
        judged = _test_circuit(plan.lesson, plan.step, place, desk)
    elif plan.source is not None:
        judged = _run(plan, plan.source, place, desk)
    if plan.asks and plan.step is not None and (judged is None or judged.report.outcome == "passed") and not desk.cancelled():
        before = judged or Judged(Report(plan.lesson.id, "unclear", 0, 0, []))
        report, answer = desk.answer(plan.lesson, plan.step, before.events)
        judged = msgspec.structs.replace(before, report=report, handed_in=answer)
    assert judged is not None
    return judged


def _run(plan: StepPlan, source: str, place: Place | None, desk: JudgeDesk) -> Judged:
    from lovhe.apps import wiring
    from lovhe.core.checks.judging import judge, watched_gpios
    from lovhe.core.programs.program import syntax_problem
    from lovhe.services.checking import check_program

    if syntax_problem(source) is not None:
        return Judged(judge(plan.lesson, source, []), handed_in=source)
    with _bench(plan, place, desk) as (board, link, stage):
        report, events = check_program(
            plan.lesson,
            source,
            link,
            stage,
            name=plan.name,
            watch=watched_gpios(plan.lesson),
            runtime=wiring.runtime(),
            on_event=desk.happened,
            cancelled=desk.cancelled,
        )
        return Judged(report, board, source, events)


def _test_circuit(lesson: Lesson, step: LessonStep, place: Place | None, desk: JudgeDesk) -> Judged:
    """The verdict on each part that the step builds."""
    from lovhe.apps.board_testing import plan_trials, tested_bench, tested_board

    if place is None:
        with tested_bench(lesson, step.parts) as tested:
            return Judged(msgspec.structs.replace(tested.run(desk), step=step.id), "virtual")
    board = place()
    name, trials = plan_trials(board, lesson.id, None, step.parts)
    language = current_language().code
    with desk.person() as person, tested_board(board, name, trials, language, desk.asks, person, desk.cancelled) as tested:
        desk.says(N_("Testing {n} part on {board} …", "Testing {n} parts on {board} …", n=len(trials), board=board.shown))
        return Judged(msgspec.structs.replace(tested.run(desk), step=step.id), board.name)


@contextmanager
def _bench(plan: StepPlan, place: Place | None, desk: JudgeDesk) -> Iterator[tuple[str, BoardLink, Stage]]:
    """Where the program runs: the board's name, a link to it and its stage."""
    from lovhe.apps import wiring

    if place is None:
        desk.says(N_("Checking {file} on a virtual board …", file=plan.name))
        with wiring.virtual_bench(plan.lesson) as (link, stage):
            yield "virtual", link, stage
        return
    board = place()
    wiring.refuse_unfit_board(board, plan.lesson)
    desk.says(N_("Checking {file} on {board} …", file=plan.name, board=board.name))
    with on_board(plan.lesson, board, desk) as (link, stage):
        yield board.name, link, stage


@contextmanager
def on_board(lesson: Lesson, board: BoardInfo, desk: JudgeDesk) -> Iterator[tuple[BoardLink, Stage]]:
    """A link to a board over its line, and its stage. A lesson that asks what is seen, or what was done, needs somebody who answers."""
    from lovhe.apps import wiring

    with desk.person() if _looks(lesson) or (_asks(lesson) and not board.virtual and desk.is_attended()) else nullcontext() as person:
        stage = wiring.open_stage(board, lesson, current_language().code, desk.asks, person, PATIENCE_S)
        link = wiring.open_link(board)
        try:
            yield link, stage
        except InputError as problem:
            if not board.virtual:
                raise
            raise InputError(
                N_(
                    "The virtual board {board} has another circuit than this lesson: {problem}",
                    board=board.name,
                    problem=problem.what,
                ),
                desk.mend_circuit(lesson),
            ) from problem
        finally:
            link.close()


def seconds_of(lesson: Lesson) -> float:
    """How long a program is looked at, by the delays of the lesson's checks; what somebody is asked to do comes on top."""
    return sum(parse_duration_ms(step.delay) for check in lesson.file.check for step in check.step) / 1000


def trial_seconds(trial: PartTrial) -> float:
    """How long a part's test takes, by its delays."""
    return seconds_of(trial.lesson) if trial.lesson is not None else 0.0


def _looks(lesson: Lesson) -> bool:
    return any(step.expect_look for check in lesson.file.check for step in check.step)


def _asks(lesson: Lesson) -> bool:
    return any(step.asked for check in lesson.file.check for step in check.step)
