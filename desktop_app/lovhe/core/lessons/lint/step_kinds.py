"""Cross-checks of the steps of a lesson: each kind has what it needs, and nothing that another kind would need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lovhe.core.amounts import parse_amount
from lovhe.core.errors import LessonError
from lovhe.core.lessons.answers import filled_program, gap_pattern, ordered_lines
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.lint.mends import caught, choose, wrong
from lovhe.core.lessons.lint.sections import step_text_problems, teacher_text_problems
from lovhe.core.lessons.steps import ANSWERED, RESERVED_SECTIONS, WRITTEN, LessonStep
from lovhe.core.messages import N_
from lovhe.core.programs.program import syntax_problem

LESSON_FILE = "lesson.toml"
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_GAP_NAME = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_CHOICE = re.compile(r"[a-z][a-z0-9]+(-[a-z0-9]+)*")
_LEAST_LINES = 2

_KINDS_OF_KEY = {
    "choices": ANSWERED,
    "answer": ANSWERED,
    "number": ("measure",),
    "fixed": ("order",),
    "distractors": ("order",),
    "gaps": ("fill",),
    "parts": ("wire",),
    "program": ("read", *ANSWERED, *WRITTEN),
    "checks": (*ANSWERED, *WRITTEN),
}


def step_problems(lesson: Lesson, *, texts: bool = True) -> Iterator[LessonError]:
    """What is wrong with the lesson's steps, the first thing of each; a lesson without steps has nothing to be wrong.

    Without `texts` their sections are not looked at.
    """
    if not lesson.file.step:
        return
    ids = list(caught(_check_ids, lesson))
    yield from ids
    for step in lesson.file.step:
        yield from caught(_check_keys, step)
        yield from caught(_check_known_checks, lesson, step)
        missing = list(caught(_check_program, lesson, step))
        yield from missing or caught(_check_kind, lesson, step)
    yield from caught(_check_goal, lesson)
    yield from caught(_check_all_used, lesson)
    yield from caught(_check_wrong_programs, lesson)
    if texts and not ids:
        yield from step_text_problems(lesson)
        yield from teacher_text_problems(lesson)


def _where(step: LessonStep, key: str = "") -> str:
    return f"{LESSON_FILE}, step “{step.id}”" + (f", {key}" if key else "")


def _check_ids(lesson: Lesson) -> None:
    seen: set[str] = set()
    for step in lesson.file.step:
        if not _KEBAB.fullmatch(step.id) or step.id in RESERVED_SECTIONS:
            raise wrong(_where(step), N_("this id cannot be used."), N_("Take small letters, digits and -, for example: build-it"))
        if step.id in seen:
            raise wrong(_where(step), N_("two steps have this id."), N_("Give each step an id of its own."))
        seen.add(step.id)


def _check_keys(step: LessonStep) -> None:
    for key, kinds in _KINDS_OF_KEY.items():
        if getattr(step, key) and step.kind not in kinds:
            raise wrong(
                _where(step, key),
                N_("a step of the kind “{kind}” has no use for it.", kind=step.kind),
                N_("Delete it, or choose one of these kinds: {kinds}.", kinds=", ".join(kinds)),
            )


def _check_known_checks(lesson: Lesson, step: LessonStep) -> None:
    known = [check.id for check in lesson.file.check]
    for check_id in step.checks:
        if check_id not in known:
            raise wrong(_where(step, "checks"), N_("there is no check “{id}”.", id=check_id), choose(check_id, known))
    if step.kind in WRITTEN and not step.checks:
        raise wrong(
            _where(step, "checks"),
            N_("nothing judges what the pupil writes in this step."),
            N_('Name the checks that do, for example: checks = ["{id}"]', id=known[0] if known else "…"),
        )


def _check_program(lesson: Lesson, step: LessonStep) -> None:
    """The program that a step begins with is there; a measure step may leave it to the pupil's own."""
    if lesson.begin_of(step) is not None:
        return
    if step.program or step.kind in ("predict", *WRITTEN):
        raise wrong(
            _where(step, "program"),
            N_("the file {file} is missing.", file=step.program_file),
            N_("Write it, or give the name of a program of the lesson, such as starter.py."),
        )


def _check_kind(lesson: Lesson, step: LessonStep) -> None:
    match step.kind:
        case "predict":
            _check_choices(step)
        case "measure":
            _check_measure(step)
        case "order":
            _check_order(lesson, step)
        case "fill":
            _check_fill(lesson, step)
        case "change" | "make":
            _check_has_solution(lesson, step)
        case "wire":
            for part in step.parts:
                if part not in lesson.wired:
                    raise wrong(_where(step, "parts"), N_("the circuit has no part “{id}”.", id=part), choose(part, list(lesson.wired)))
        case "read":
            pass


def _check_choices(step: LessonStep) -> None:
    if len(step.choices) < 2 or len(set(step.choices)) < len(step.choices):
        raise wrong(
            _where(step, "choices"),
            N_("there are not two different choices at least."),
            N_('Write the ids of the answers, for example: choices = ["once", "always", "never"]'),
        )
    for choice in step.choices:
        if not _CHOICE.fullmatch(choice):
            raise wrong(
                _where(step, "choices"),
                N_("“{id}” is no name of a choice: it could be taken for a letter or a number of one.", id=choice),
                N_("Take two small letters at least; digits and - may follow, for example: again-and-again"),
            )
    if step.answer not in step.choices:
        raise wrong(
            _where(step, "answer"),
            N_("the right answer is none of the choices: “{answer}”.", answer=step.answer),
            choose(step.answer, step.choices),
        )


def _check_measure(step: LessonStep) -> None:
    if step.number is None:
        _check_choices(step)
        return
    if step.choices or step.answer:
        raise wrong(
            _where(step, "number"),
            N_("the answer is either a number or one of several choices."),
            N_("Delete number, or delete choices and answer."),
        )
    if not step.checks:
        raise wrong(
            _where(step, "checks"),
            N_("nothing says how long the program runs while it is measured."),
            N_("Name a check whose steps last so long."),
        )
    if not is_tolerance(step.number.tolerance):
        raise wrong(
            _where(step, "number, tolerance"),
            N_("“{text}” is no tolerance.", text=step.number.tolerance),
            N_("Write it like one of these: {examples}.", examples='"± 5 %", "± 2"'),
        )


def is_tolerance(text: str) -> bool:
    """Whether `text` is ± and an amount, and can follow any number."""
    try:
        return text.strip().startswith("±") and parse_amount(f"100 {text}").tolerant
    except LessonError:
        return False


def _check_order(lesson: Lesson, step: LessonStep) -> None:
    lines = ordered_lines(lesson, step)
    if step.fixed < 0 or len(lines) - step.fixed < _LEAST_LINES:
        raise wrong(
            _where(step, "fixed"),
            N_("fewer than two lines are left to be put in order."),
            N_("Write a number from 0 to {most}; empty lines do not count.", most=max(0, len(lines) - _LEAST_LINES)),
        )
    for line in step.distractors:
        if not line.strip() or "\n" in line:
            raise wrong(_where(step, "distractors"), N_("a distractor is empty, or more than one line."), N_("Write one line in each."))
        if line.rstrip() in lines:
            raise wrong(
                _where(step, "distractors"),
                N_("“{line}” is a line of the program.", line=line.strip()),
                N_("A distractor does not belong to the program: change it, or delete it."),
            )


def _check_fill(lesson: Lesson, step: LessonStep) -> None:
    if not step.gaps:
        raise wrong(
            _where(step, "gaps"),
            N_("the program has no gaps."),
            N_("Name them, for example: {line}", line='gaps = { GAP_1 = "0.5" }'),
        )
    source = lesson.begin_of(step) or ""
    for name, filling in step.gaps.items():
        if not _GAP_NAME.fullmatch(name):
            raise wrong(_where(step, "gaps"), N_("“{name}” is no name of a gap.", name=name), N_("Use capital letters: GAP_1, GAP_2, …"))
        if not gap_pattern(name).search(source):
            raise wrong(
                _where(step, "gaps"),
                N_("{file} has no gap {name}.", file=step.program_file, name=name),
                N_("Write {name} there in place of what the pupil fills in.", name=name),
            )
        if not filling.strip() or "\n" in filling:
            raise wrong(
                _where(step, f"gaps, {name}"), N_("what fills the gap is empty, or more than one line."), N_("Write it in one line.")
            )
        for file, other in _programs(lesson):
            if file != step.program_file and gap_pattern(name).search(other):
                raise wrong(
                    _where(step, "gaps"),
                    N_("{name} stands in {file}, too.", name=name, file=file),
                    N_("Use the name only where the gap is."),
                )
    problem = syntax_problem(filled_program(lesson, step, step.gaps))
    if problem is not None:
        raise wrong(
            _where(step, "gaps"),
            N_("the program with its gaps filled cannot be read: {problem}", problem=problem.what),
            N_("Mend the program."),
        )


def _programs(lesson: Lesson) -> Iterator[tuple[str, str]]:
    yield "starter.py", lesson.starter
    yield from lesson.solutions.items()
    yield from lesson.programs.items()


def _check_has_solution(lesson: Lesson, step: LessonStep) -> None:
    if step != lesson.goal and not lesson.solutions_of(step):
        raise wrong(
            _where(step),
            N_("there is no solution of this step."),
            N_("Write one and save it as {file}.", file=f"{step.solution_prefix}.py"),
        )


def _check_goal(lesson: Lesson) -> None:
    goal = lesson.goal
    if goal is None:
        raise wrong(
            LESSON_FILE,
            N_("no step of the lesson ends in a program of the pupil's own."),
            N_('Add a [[step]] with kind = "make", program = "starter.py" and its checks.'),
        )
    if goal.program_file != "starter.py":
        raise wrong(
            _where(goal, "program"),
            N_("the last step in which a program is written begins with {file}.", file=goal.program_file),
            N_('It is what the lesson leads to: write program = "starter.py"'),
        )


def _check_all_used(lesson: Lesson) -> None:
    judging = {check.id for step in lesson.file.step for check in lesson.judged_by(step).file.check if step.checks}
    for check in lesson.file.check:
        if check.id not in judging:
            raise wrong(
                f"{LESSON_FILE}, check “{check.id}”", N_("no step uses this check."), N_("Name it in the checks of a step, or delete it.")
            )
    begins = {step.program_file for step in lesson.file.step}
    for file in lesson.programs:
        if file not in begins and not any(file in lesson.solutions_of(step) for step in lesson.file.step):
            ids = [step.id for step in lesson.file.step]
            raise wrong(file, N_("no step uses this program."), N_("Name it after a step: {ids}. Or delete it.", ids=", ".join(ids)))


def _check_wrong_programs(lesson: Lesson) -> None:
    """A wrong program is an answer to the goal, so one of the goal's checks must catch it."""
    goals = [check.id for check in lesson.judged_by(lesson.goal).file.check]
    every = [check.id for check in lesson.file.check]
    for program in lesson.wrong:
        if program.caught_by in every and program.caught_by not in goals:
            raise wrong(
                f"wrong/{program.name}",
                N_("the check “{id}” does not judge the goal.", id=program.caught_by),
                N_("Name one of the goal's checks: {ids}.", ids=", ".join(goals)),
            )
