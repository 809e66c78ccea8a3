"""What each program of a lesson has to come to, so that a lesson can be proved before a class sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from lovhe.core.lessons.answers import begin_program, solution_programs
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import WRITTEN, LessonStep

Wanted = Literal["passed", "failed", "not passed"]
Form = Literal["begin", "solution", "wrong", "shown"]


class LessonProgram(msgspec.Struct, frozen=True):
    """One program as it is judged: `step` is the step's id ("" in a lesson without steps), `name` the file it comes from.

    `form` says what the program is in its step: what a pupil begins with (shuffled, with gaps), a right answer, a mistake, or one
    that is only shown and run. `caught_by` is the check that a mistake names.
    """

    step: str
    name: str
    form: Form
    source: str
    wanted: Wanted
    caught_by: str = ""


def lesson_programs(lesson: Lesson) -> list[LessonProgram]:
    """The programs of the steps in the lesson's order, the goal's in the order starter, solutions, mistakes."""
    if not lesson.file.step:
        return list(_of_the_goal(lesson, ""))
    goal = lesson.goal
    return [
        program
        for step in lesson.file.step
        if step.checks
        for program in (_of_the_goal(lesson, step.id) if step == goal else _of_a_step(lesson, step))
    ]


def _of_the_goal(lesson: Lesson, step_id: str) -> Iterator[LessonProgram]:
    step = lesson.step(step_id)
    begin = begin_program(lesson, step) if step is not None else lesson.starter
    yield LessonProgram(step_id, "starter.py", "begin", begin if begin is not None else lesson.starter, "not passed")
    for name, source in sorted(lesson.solutions.items(), key=lambda item: (item[0] != "solution.py", item[0])):
        yield LessonProgram(step_id, name, "solution", source, "passed")
    for wrong in lesson.wrong:
        yield LessonProgram(step_id, f"wrong/{wrong.name}", "wrong", wrong.source, "failed", wrong.caught_by)


def _of_a_step(lesson: Lesson, step: LessonStep) -> Iterator[LessonProgram]:
    if step.kind in WRITTEN and (begin := begin_program(lesson, step)) is not None:
        yield LessonProgram(step.id, step.program_file, "begin", begin, "not passed")
    form: Form = "solution" if step.kind in WRITTEN else "shown"
    for name, source in sorted(solution_programs(lesson, step).items()):
        yield LessonProgram(step.id, name, form, source, "passed")
