"""What is handed in for a step of a lesson: which step is meant, and whether it is a program, an answer or a circuit that is judged.

Both front ends plan with this, then run what has to be run.
"""

from __future__ import annotations

import msgspec

from lovhe.core.checks.judging import judge
from lovhe.core.checks.report import Report, decode_report
from lovhe.core.errors import InputError
from lovhe.core.lessons.answer_report import ANSWER, answer_report, chosen
from lovhe.core.lessons.answers import answered_program
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.lint.mends import choose
from lovhe.core.lessons.steps import ANSWERED, LessonStep
from lovhe.core.messages import N_
from lovhe.services.ports import Attempt


class StepPlan(msgspec.Struct, frozen=True):
    """How a step is judged. `lesson` has the checks of this step alone; `source` is the program to be run, None where none is.

    `asks` says that the pupil has to answer, before the run or, about its readings, after it.
    """

    lesson: Lesson
    step: LessonStep | None
    source: str | None = None
    name: str = ""
    asks: bool = False
    wires: bool = False


def step_of(lesson: Lesson, step_id: str | None) -> LessonStep | None:
    """The step of that id; the goal if none is named, which is None in a lesson without steps. Raises `InputError`."""
    if step_id is None:
        return lesson.goal
    step = lesson.step(step_id)
    if step is None:
        ids = [one.id for one in lesson.file.step]
        raise InputError(N_("The lesson {lesson} has no step “{id}”.", lesson=lesson.id, id=step_id[:60]), choose(step_id[:60], ids))
    return step


def plan_step(lesson: Lesson, step: LessonStep | None, program: tuple[str, str] | None, answer: str | None) -> StepPlan:
    """What has to be done to judge a step, from the program that is handed in (name and text), or from an answer.

    Raises `InputError` where neither fits the step, or what it needs is missing.
    """
    judged = lesson.judged_by(step)
    if step is None:
        if answer is not None:
            raise InputError(N_("This lesson asks no questions."), N_("Give the program's file alone."))
        return StepPlan(judged, None, *_handed_in(lesson, step, program))
    match step.kind:
        case "read":
            raise InputError(
                N_("In the step “{id}” there is something to read, and nothing to check.", id=step.id), N_("Go on with the next step.")
            )
        case "wire":
            if program is not None or answer is not None:
                raise InputError(
                    N_("In the step “{id}” the circuit itself is tested.", id=step.id), N_("Give neither a program nor an answer.")
                )
            return StepPlan(judged, step, wires=True)
        case "predict" | "measure":
            return _plan_answer(judged, step, program, answer)
        case "order" | "fill":
            if answer is not None and program is None:
                return StepPlan(judged, step, answered_program(lesson, step, answer), f"{step.id}.py")
        case "change" | "make":
            pass
    if answer is not None:
        raise InputError(N_("The step “{id}” takes a program, and no answer beside it.", id=step.id), N_("Give the program's file alone."))
    return StepPlan(judged, step, *_handed_in(lesson, step, program))


def _plan_answer(lesson: Lesson, step: LessonStep, program: tuple[str, str] | None, answer: str | None) -> StepPlan:
    if step.number is None:
        if program is not None:
            raise InputError(
                N_("The step “{id}” is answered with one of its choices.", id=step.id),
                N_("Give --answer with one of these: {choices}.", choices=", ".join(step.choices)),
            )
        if answer is not None:
            chosen(step, answer)
        return StepPlan(lesson, step, asks=True)
    source = program[1] if program is not None else lesson.begin_of(step)
    if source is None:
        raise InputError(
            N_("The step “{id}” measures with the pupil's own program.", id=step.id),
            N_("Give the program's file: lovhe check {lesson} main.py --step {id}", lesson=lesson.id, id=step.id),
        )
    return StepPlan(lesson, step, source, program[0] if program is not None else step.program_file.rpartition("/")[2], asks=True)


def _handed_in(lesson: Lesson, step: LessonStep | None, program: tuple[str, str] | None) -> tuple[str, str]:
    """The program's text and name."""
    if program is not None:
        return program[1], program[0]
    if step is not None and step.kind in ("order", "fill"):
        example = "3 1 2" if step.kind == "order" else "; ".join(f"{name}=…" for name in step.gaps)
        raise InputError(
            N_("It is not said what the answer to the step “{id}” is.", id=step.id),
            N_("Give --answer “{example}”, or the program's file.", example=example),
        )
    raise InputError(
        N_("It is not said which program to check."), N_("Give the program's file: lovhe check {lesson} main.py", lesson=lesson.id)
    )


def judged_again(lesson: Lesson, attempt: Attempt) -> Report:
    """The verdict that the lesson as it is now gives on what was handed in then; of a tested circuit the one that was recorded.

    Raises `InputError` where the lesson has lost the step.
    """
    step = step_of(lesson, attempt.step or None)
    recorded = decode_report(attempt.report)
    if step is not None and step.kind == "wire":
        return recorded
    if step is not None and step.kind in ANSWERED and [check.id for check in recorded.checks] == [ANSWER]:
        return answer_report(lesson, step, attempt.program, attempt.evidence)
    return judge(lesson.judged_by(step), attempt.program, list(attempt.evidence))
