"""The verdict on what a pupil answers in a predict or measure step: a choice, or a number worked out from the run's readings."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lovhe.core.amounts import parse_amount, parse_number
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.expectations import Scene, Window
from lovhe.core.checks.expectations_reading import readings_in
from lovhe.core.checks.readings import folded
from lovhe.core.checks.report import CheckReport, Outcome, Report, make_report
from lovhe.core.checks.run_record import read_run
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep, MeasuredNumber
from lovhe.core.messages import N_, Localized, Text
from lovhe.core.statistic import statistic_words, worked_out

ANSWER = "answer"
"""The id of the one check of an answer."""

LETTERS = "abcdefghijklmnop"
_LOOK_ALIKE = str.maketrans("асеов", "aceob")  # what a Cyrillic layout gives for a letter that looks the same
_MAX_ANSWER = 80


def answer_report(lesson: Lesson, step: LessonStep, said: str, events: Sequence[Event] = ()) -> Report:
    """Whether `said` is right: the id, letter or number of a choice, or a number about the readings in `events`.

    Raises `InputError` for what can be no answer to this step.
    """
    verdict = _number_verdict(lesson, step, step.number, said, events) if step.number else _choice_verdict(lesson, step, said)
    outcome, expected, seen = verdict
    after = {language: text.steps[step.id].after for language, text in lesson.texts.items() if step.id in text.steps}
    check = CheckReport(
        ANSWER,
        outcome,
        expected,
        seen,
        points=int(outcome == "passed"),
        total=1,
        title=question_of(lesson, step),
        after=Localized(after) if all(after.values()) and after else None,
    )
    return make_report(lesson.id, [check], step.id)


def question_of(lesson: Lesson, step: LessonStep) -> Localized:
    """What is asked in the step, in all the lesson's languages."""
    return Localized({language: text.steps[step.id].question for language, text in lesson.texts.items() if step.id in text.steps})


def choice_words(lesson: Lesson, step: LessonStep, choice: str) -> Localized:
    """A choice in words, in all the lesson's languages."""
    found = {
        language: text.steps[step.id].choices[choice]
        for language, text in lesson.texts.items()
        if step.id in text.steps and choice in text.steps[step.id].choices
    }
    return Localized(found or {"en": choice})


def chosen(step: LessonStep, said: str) -> str:
    """The choice that is meant by its id, its letter (a is the first) or its number. Raises `InputError`."""
    word = said.strip().strip(".)").casefold()
    if word in step.choices:
        return word
    letters = LETTERS[: len(step.choices)]
    letter = word.translate(_LOOK_ALIKE)
    if len(letter) == 1 and letter in letters:
        return step.choices[letters.index(letter)]
    if word.isascii() and word.isdecimal() and 1 <= int(word[:3]) <= len(step.choices):
        return step.choices[int(word[:3]) - 1]
    raise InputError(
        N_("“{text}” is none of the answers.", text=said[:_MAX_ANSWER]),
        N_("Give the letter of one, {letters}, or its name: {names}.", letters=", ".join(letters), names=", ".join(step.choices)),
    )


def _choice_verdict(lesson: Lesson, step: LessonStep, said: str) -> tuple[Outcome, Text, Text]:
    choice = chosen(step, said)
    outcome: Outcome = "passed" if choice == step.answer else "failed"
    right, given = choice_words(lesson, step, step.answer), choice_words(lesson, step, choice)
    return outcome, N_("Right is: {answer}", answer=right), N_("The answer was: {answer}", answer=given)


def _number_verdict(
    lesson: Lesson, step: LessonStep, number: MeasuredNumber, said: str, events: Sequence[Event]
) -> tuple[Outcome, Text, Text]:
    given = parse_number(said.strip()) if len(said) <= _MAX_ANSWER else None
    if given is None:
        raise InputError(
            N_("“{text}” is no number.", text=said[:_MAX_ANSWER]), N_("Write a number, for example: {example}", example="23.5")
        )
    seen = N_("The answer was: {answer}", answer=said.strip())
    record = read_run(events)
    values = readings_of_step(lesson, number, events)
    asked = statistic_words(number.statistic, number.reading, number.tolerance, None)
    if record.losses:
        return "unclear", asked, record.losses[0].reason
    if not values:
        return "unclear", asked, N_("There was no reading “{name}” in this run.", name=number.reading)
    right = worked_out(number.statistic, values)
    spread = parse_amount(f"100 {number.tolerance}").high - 100
    if number.tolerance.rstrip().endswith("%"):
        spread *= abs(right) / 100
    outcome: Outcome = "passed" if abs(given[0] - right) <= spread + 1e-9 else "failed"
    return outcome, statistic_words(number.statistic, number.reading, number.tolerance, right), seen


def readings_of_step(lesson: Lesson, number: MeasuredNumber, events: Sequence[Event]) -> list[float]:
    """The readings of a run that a measured number is about, in order of time."""
    scene = Scene(lesson, read_run(events), Window(0, 0, math.inf))
    wanted = folded(number.reading)
    return [reading.value for reading in readings_in(scene) if folded(reading.name) == wanted]
