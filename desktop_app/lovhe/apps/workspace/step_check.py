"""The check of a step as a job: it judges what was handed in on the board in use, tells verdicts as they come, and keeps the last word."""

from __future__ import annotations

import logging

import msgspec

from lovhe.apps.board_testing import PATIENCE_S as PARTS_PATIENCE_S
from lovhe.apps.step_answers import StepPlan, plan_step
from lovhe.apps.step_judging import PATIENCE_S, Judged, judge_step, seconds_of
from lovhe.apps.workspace.jobs import Job
from lovhe.apps.workspace.screen_desk import AnswerMissingError, ScreenDesk
from lovhe.apps.workspace.told import AnswerWanted, Recorded
from lovhe.core.checks.evidence import Event
from lovhe.core.errors import InputError, LovheError, NoBoardError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_
from lovhe.core.pupils.group import Group
from lovhe.services.ports import BoardInfo

_PROGRAM = "main.py"

log = logging.getLogger(__name__)


class WatchedRun(msgspec.Struct, frozen=True):
    """A run in a measure step, whose readings the pupil has seen."""

    source: str
    events: list[Event]


class HandedIn(msgspec.Struct, frozen=True):
    """What is to be judged: the step, what its form holds, who made it, and the board in use.

    In a measure step `checked` is the last run that the step's checks have passed, and `own` the last one outside of a check.
    """

    lesson: Lesson
    step: LessonStep | None
    program: str | None
    answer: str | None
    group: Group
    board: BoardInfo | None
    checked: WatchedRun | None = None
    own: WatchedRun | None = None

    @property
    def measures(self) -> bool:
        """Whether the step asks for a number about the readings of a run."""
        return self.step is not None and self.step.number is not None

    @property
    def needs_board(self) -> bool:
        """Whether judging it takes a board, and time."""
        if self.step is None:
            return True
        if self.measures:
            return not self.checked_events
        return self.step.kind not in ("read", "predict", "measure")

    @property
    def asks(self) -> bool:
        """Whether somebody before a real board has something to do."""
        steps = [step for check in self.lesson.judged_by(self.step).file.check for step in check.step]
        return self.board is not None and not self.board.virtual and any(step.asked or step.expect_look for step in steps)

    @property
    def checked_events(self) -> list[Event]:
        """The evidence of a run of just this program that the checks have passed already."""
        return self.checked.events if self.checked is not None and self.checked.source == self.program else []

    @property
    def own_events(self) -> list[Event]:
        """The evidence of the pupil's own run of just this program."""
        return self.own.events if self.own is not None and self.own.source == self.program else []

    @property
    def seconds(self) -> float:
        """About how long it takes on a board, without what a person is asked to do."""
        return seconds_of(self.lesson.judged_by(self.step)) if self.step is None or self.step.kind != "wire" else 0.0


class StepCheck(Job):
    """Judges `handed_in` and keeps the result. Stopped, it keeps nothing and leaves the board to the next one.

    `run` is what a measure step's answer can be held against from now on, None where nothing ran.
    """

    def __init__(self, handed_in: HandedIn) -> None:
        super().__init__()
        self.handed_in = handed_in
        self.run: WatchedRun | None = None
        self._desk: ScreenDesk | None = None

    def answered(self, yes: bool) -> None:
        """Somebody has answered the question that was asked last."""
        if self._desk is not None:
            self._desk.answered(yes)

    def _work(self) -> None:
        try:
            judged = self._judged()
        except LovheError as problem:
            if self.stopped.is_set():
                log.info("after the stop: %s", problem)
            elif isinstance(problem, AnswerMissingError) and self.run is not None:
                self.tell(AnswerWanted())
            else:
                raise
            return
        if not self.stopped.is_set():
            self.tell(Recorded(judged.report, self._kept(judged)))

    def _judged(self) -> Judged:
        given = self.handed_in
        plan = _plan(given)
        desk = self._desk = _desk(self, given, plan)
        try:
            judged = judge_step(plan, self._board, desk)
        except AnswerMissingError:
            raise
        except InputError as problem:
            if not plan.wires or given.board is None or not given.board.virtual:
                raise
            raise InputError(problem.what, desk.mend_circuit(plan.lesson)) from problem
        finally:
            if desk.checked:
                self.run = WatchedRun(given.program or "", desk.checked)
        if desk.evidence is None:
            return judged
        board = judged.board or (given.board.name if given.measures and given.board is not None else "")
        return msgspec.structs.replace(judged, events=desk.evidence, board=board)

    def _board(self) -> BoardInfo:
        if self.handed_in.board is None:
            raise NoBoardError(
                N_("There is no board."),
                N_("Plug one in with a USB cable that carries data, or start a virtual one in the panel “Board”."),
            )
        return self.handed_in.board

    def _kept(self, judged: Judged) -> LovheError | None:
        """Keep the result; why that could not be done."""
        from lovhe.apps import wiring
        from lovhe.apps.attempts import record_attempt

        given = self.handed_in
        try:
            with wiring.results() as store:
                record_attempt(
                    store,
                    given.lesson,
                    judged.report,
                    judged.events,
                    board=judged.board,
                    program=judged.handed_in,
                    pupils=given.group.pupils,
                )
        except LovheError as problem:
            log.warning("a verdict is not kept: %s", problem, exc_info=problem)
            return problem
        return None


def _plan(given: HandedIn) -> StepPlan:
    """What has to be run and asked. Raises `InputError` where nothing fit is handed in."""
    step, program = given.step, given.program
    if step is None:
        return plan_step(given.lesson, None, (_PROGRAM, program or ""), None)
    if step.kind == "order" and not (given.answer or "").strip():
        raise InputError(N_("The lines are not in an order yet."), N_("Move them, then press F6."))
    if step.kind == "measure" and step.number is not None:
        plan = plan_step(given.lesson, step, (_PROGRAM, program) if program is not None else None, None)
        return msgspec.structs.replace(plan, source=None) if given.checked_events else plan
    if step.kind in ("read", "wire"):
        return plan_step(given.lesson, step, None, None)
    if step.kind in ("predict", "measure", "order"):
        return plan_step(given.lesson, step, None, given.answer)
    return plan_step(given.lesson, step, (_PROGRAM, program or ""), None)


def _desk(job: StepCheck, given: HandedIn, plan: StepPlan) -> ScreenDesk:
    return ScreenDesk(
        job.tell,
        job.stopped.is_set,
        plan.lesson,
        plan.source or "",
        PARTS_PATIENCE_S if plan.wires else PATIENCE_S,
        given.answer,
        given.checked_events,
        given.own_events,
    )
