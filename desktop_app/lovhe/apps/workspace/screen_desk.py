"""The app's side of a check: what it says, asks and sees becomes what a job tells, and answers come from the screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

from lovhe.apps.language import t
from lovhe.apps.workspace.told import Asked, Busy, Happened, Judged, Noticed, Told
from lovhe.core.amounts import parse_duration_ms
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.live_judging import LiveJudging
from lovhe.core.checks.report import CheckReport, Report
from lovhe.core.circuits.part_tests import PartTrial
from lovhe.core.errors import InputError
from lovhe.core.lessons.answer_report import answer_report
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_, Message, Text
from lovhe.services.ports import Person

_TELL_S = 0.2
_ASKED_IS_OVER = ("set", "unseen", "look", "step", "over")


class AnswerMissingError(InputError):
    """A question was reached, and nobody has answered yet."""


class ScreenPerson:
    """Fits `services.ports.Person`: the question is told, and `answered` is called when somebody has chosen yes or no."""

    def __init__(self, asks: Callable[[str, bool], None]) -> None:
        self._asks = asks
        self._answer: bool | None = None

    def ask(self, question: Text) -> None:
        """Show the question; what was answered before does not count."""
        self._answer = None
        self._asks(t(question), True)

    def answer(self) -> bool | None:
        """The answer, once there is one."""
        return self._answer

    def answered(self, yes: bool) -> None:
        """Called by the screen."""
        self._answer = yes


class ScreenDesk:
    """Fits `apps.step_judging.JudgeDesk`. `patience_s` is how long somebody has for what is asked.

    `checked` is a run that the step's checks have passed, `own_run` one that the pupil has only watched: an answer that is right about it
    is right. `evidence` is the run that the answer was held against; None where nothing was asked.
    """

    def __init__(
        self,
        tell: Callable[[Told], None],
        stopped: Callable[[], bool],
        judged: Lesson,
        source: str,
        patience_s: float,
        said: str | None = None,
        checked: Sequence[Event] = (),
        own_run: Sequence[Event] = (),
    ) -> None:
        self._tell, self._stopped, self._patience_s = tell, stopped, patience_s
        self.checked, self._said, self._own_run = list(checked), said, list(own_run)
        self._live = LiveJudging(judged, source)
        self._person = ScreenPerson(self._ask)
        self._asked = False
        self._parts: list[CheckReport] = []
        self._course = _Course(judged)
        self._told_s = 0.0
        self.evidence: list[Event] | None = None

    def answered(self, yes: bool) -> None:
        """Called by the screen: somebody has chosen yes or no."""
        self._person.answered(yes)

    # --- JudgeDesk ---

    def says(self, sentence: Text) -> None:
        """The screen has said it before, and for how long."""

    def asks(self, sentence: str) -> None:
        """Somebody is to change the surroundings."""
        self._ask(sentence, False)

    def person(self) -> AbstractContextManager[Person]:
        """Somebody before the screen."""
        return nullcontext(self._person)

    def is_attended(self) -> bool:
        """Who works at the app is there."""
        return True

    def answer(self, lesson: Lesson, step: LessonStep, events: list[Event]) -> tuple[Report, str]:
        """The verdict on what was answered. Raises `AnswerMissingError`, and `InputError` for what can be no answer."""
        self.checked = self.evidence = events or self.checked
        said = (self._said or "").strip()
        if not said:
            raise AnswerMissingError(N_("The question is not answered yet."), N_("Answer it, then press F6."))
        report = answer_report(lesson, step, said, self.evidence)
        if report.outcome != "passed" and self._own_run:
            of_own = answer_report(lesson, step, said, self._own_run)
            if of_own.outcome == "passed":
                self.evidence = self._own_run
                return of_own, said
        return report, said

    def happened(self, event: Event) -> None:
        """Tell it, and which verdicts are certain now."""
        if self._asked and event.kind in _ASKED_IS_OVER:
            self._asked = False
            self._tell(Noticed())
        self._course.see(event)
        self._tell(Happened([event]))
        if self._live.see(event):
            self._tell(Judged(self._live.verdicts, self._live.now))

    def cancelled(self) -> bool:
        """Asked all the time, so this is where the time that has gone by is told."""
        now_s = time.monotonic()
        if self._course.begun and now_s - self._told_s >= _TELL_S:
            self._told_s = now_s
            done, total = self._course.place()
            left = max(1, round((total - done) / 1000))
            self._tell(Busy(N_("About {n} second more.", "About {n} seconds more.", n=left), done, total))
        return self._stopped()

    def begins(self, trial: PartTrial, number: int, count: int) -> None:
        """A part's turn."""
        self._end_asking()
        self._tell(Judged([*self._parts], trial.id))
        self._tell(Busy(N_("Part {number} of {count}: {part}", number=number, count=count, part=trial.name), number - 1, count))

    def ended(self, trial: PartTrial, report: CheckReport) -> None:
        """A part's verdict."""
        self._end_asking()
        self._parts.append(report)
        self._tell(Judged([*self._parts], ""))

    def mend_circuit(self, lesson: Lesson) -> Message:
        """The panel has a key for it."""
        return N_("Start one with this lesson's circuit in the panel “Board”.")

    # --- asking ---

    def _ask(self, sentence: str, question: bool) -> None:
        self._asked = True
        self._tell(Asked(sentence, self._patience_s, question))

    def _end_asking(self) -> None:
        if self._asked:
            self._asked = False
            self._tell(Noticed())


class _Course:
    """How much of the lesson's steps has gone by, in ms of their delays."""

    def __init__(self, lesson: Lesson) -> None:
        steps = [(check.id, index, step) for check in lesson.file.check for index, step in enumerate(check.step)]
        self._delays_ms = [round(parse_duration_ms(step.delay)) for _, _, step in steps]
        self._numbers = {(check_id, index): number for number, (check_id, index, _) in enumerate(steps)}
        self._at = -1
        self._since_s = 0.0

    @property
    def begun(self) -> bool:
        """Whether the first step has begun, and the last one is not over."""
        return self._at >= 0

    def see(self, event: Event) -> None:
        """Take the host's way marks."""
        if event.kind == "step":
            self._at = self._numbers.get((event.args[0], event.args[1]), self._at)
            self._since_s = time.monotonic()
        elif event.kind == "over":
            self._at = -1

    def place(self) -> tuple[int, int]:
        """How much is done, of how much."""
        gone_ms = round(1000 * (time.monotonic() - self._since_s))
        return sum(self._delays_ms[: self._at]) + min(gone_ms, self._delays_ms[self._at]), sum(self._delays_ms)
