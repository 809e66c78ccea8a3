"""A check and a test of parts as the command line shows them: what is said and asked, who answers, which part's turn it is."""

from __future__ import annotations

import sys

import click

from lovhe.apps.cli.output import outcome_word, say
from lovhe.apps.cli.yes_or_no import YesOrNo
from lovhe.apps.language import key, t
from lovhe.apps.step_judging import trial_seconds
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import CheckReport, Report
from lovhe.core.circuits.part_tests import PartTrial
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_, Message, Text

_LONG_S = 8


class TerminalDesk:
    """Fits `apps.step_judging.JudgeDesk`. `answer` is what was given to the step's question; without it somebody is asked."""

    def __init__(self, answer: str | None = None) -> None:
        self._answer = answer

    def says(self, sentence: Text) -> None:
        """On standard error."""
        say(sentence)

    def asks(self, sentence: str) -> None:
        """Ask the student for a change of the surroundings."""
        say(f"→ {sentence}")

    def person(self) -> YesOrNo:
        """Somebody at the keyboard."""
        return YesOrNo()

    def is_attended(self) -> bool:
        """Whether a terminal is there to answer at."""
        return sys.stdin is not None and sys.stdin.isatty()

    def answer(self, lesson: Lesson, step: LessonStep, events: list[Event]) -> tuple[Report, str]:
        """The verdict on an answer, and the answer; somebody at the keyboard is asked until it can be one."""
        from lovhe.apps.cli.questions import show_question
        from lovhe.core.lessons.answer_report import answer_report

        if self._answer is not None:
            return answer_report(lesson, step, self._answer, events), self._answer
        show_question(lesson, step, events)
        while True:
            said = click.prompt(t(key("Your answer")), err=True)
            try:
                return answer_report(lesson, step, said, events), said
            except InputError as problem:
                say(problem.what)
                say(problem.next_step)

    def happened(self, event: Event) -> None:
        """The evidence is looked at when all of it is there."""

    def cancelled(self) -> bool:
        """Ctrl+C ends a command at once."""
        return False

    def begins(self, trial: PartTrial, number: int, count: int) -> None:
        """Say which part's turn it is."""
        say()
        say(f"{number}/{count}  {t(trial.name)}: {trial.wires_text}")
        seconds = round(trial_seconds(trial))
        if seconds >= _LONG_S:
            say(N_("This part takes {n} second.", "This part takes {n} seconds.", n=seconds))

    def ended(self, trial: PartTrial, report: CheckReport) -> None:
        """Say what became of it."""
        say(f"  {outcome_word(report.outcome)}")
        if report.outcome in ("failed", "unclear"):
            say("  " + t(N_("Expected: {text}", text=report.expected)))
            say("  " + t(N_("Seen: {text}", text=report.seen)))
        if report.outcome == "skipped":
            say(f"  {t(report.seen)}")
        for hint in report.hints:
            say(f"  • {t(hint)}")

    def mend_circuit(self, lesson: Lesson) -> Message:
        """The command that starts a board with the lesson's circuit."""
        return N_("Start one with the lesson's circuit: lovhe board start --lesson {lesson}", lesson=lesson.id)
