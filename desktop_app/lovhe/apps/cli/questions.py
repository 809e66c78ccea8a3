"""A step's question on the screen, with its choices, or with the readings that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.apps.cli.output import say
from lovhe.apps.language import number, t
from lovhe.core.checks.evidence import Event
from lovhe.core.lessons.answer_report import LETTERS, choice_words, question_of, readings_of_step
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_


def show_question(lesson: Lesson, step: LessonStep, events: Sequence[Event]) -> None:
    """On standard error: the readings of the run, the question, then the choices by their letters."""
    if step.number is not None:
        values = readings_of_step(lesson, step.number, events)
        say(N_("These are the readings “{name}” of this run:", name=step.number.reading))
        say("  " + "  ".join(number(value) for value in values))
    say(t(question_of(lesson, step)))
    for letter, choice in zip(LETTERS, step.choices, strict=False):
        say(f"  {letter})  {t(choice_words(lesson, step, choice))}")
