"""What pupils are given in a step and what they hand in, as programs: shuffled lines put in order, gaps filled.

Nothing here is random: the same lines are shuffled in the same way on every PC, so that a class can talk about line 3.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

import msgspec

from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_, Message
from lovhe.core.programs.problem import ProgramProblem

MAX_ANSWER = 2000


class OrderTask(msgspec.Struct, frozen=True):
    """An order step as the pupil sees it: the lines that stay in front, and those to be put in order, numbered from 1."""

    fixed: list[str]
    lines: list[str]


def ordered_lines(lesson: Lesson, step: LessonStep) -> list[str]:
    """The lines of an order step's program in a right order, without empty ones."""
    return [line.rstrip() for line in (lesson.begin_of(step) or "").split("\n") if line.strip()]


def order_task(lesson: Lesson, step: LessonStep) -> OrderTask:
    """The fixed lines, and the others and the distractors shuffled: always in the same way, never in the right order."""
    lines = ordered_lines(lesson, step)
    movable = lines[step.fixed :]
    mixed = [*movable, *(line.rstrip() for line in step.distractors)]
    shuffled = sorted(range(len(mixed)), key=lambda index: _dice(step.id, *mixed, index))
    for _ in range(len(mixed)):
        if [mixed[index] for index in shuffled if index < len(movable)] != movable:
            break
        shuffled = [*shuffled[1:], shuffled[0]]
    return OrderTask(lines[: step.fixed], [mixed[index] for index in shuffled])


def ordered_program(lesson: Lesson, step: LessonStep, answer: str | Sequence[int]) -> str:
    """The program from the numbers of the lines in the pupil's order, as "3 1 2"; lines that are left out do not belong.

    Raises `InputError` for anything that is no row of the numbers there are.
    """
    task = order_task(lesson, step)
    numbers = _numbers(answer) if isinstance(answer, str) else list(answer)
    if not numbers:
        raise InputError(N_("The answer names no line."), _how_to_order(task))
    for place, number in enumerate(numbers):
        if not 1 <= number <= len(task.lines):
            raise InputError(N_("There is no line {number}.", number=number), _how_to_order(task))
        if number in numbers[:place]:
            raise InputError(N_("Line {number} is there twice.", number=number), _how_to_order(task))
    return "\n".join([*task.fixed, *(task.lines[number - 1] for number in numbers)]) + "\n"


def problem_where_lines_are_moved(problem: ProgramProblem) -> ProgramProblem:
    """A problem of a program that a pupil has only put in order: nothing can be typed there, so other words help."""
    hint = N_("Move this line, or the one above it. A line that stands further to the right belongs below one that ends with a colon.")
    return msgspec.structs.replace(problem, hint=hint)


def gap_pattern(name: str) -> re.Pattern[str]:
    """Where a gap's name stands in a program."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def gap_marks(step: LessonStep) -> dict[str, str]:
    """How each gap is shown to pupils, by its name: "____1" is the first one."""
    return {name: f"____{number}" for number, name in enumerate(step.gaps, 1)}


def gapped_program(lesson: Lesson, step: LessonStep) -> str:
    """A fill step's program with the gaps as pupils see them."""
    return filled_program(lesson, step, gap_marks(step))


def filled_program(lesson: Lesson, step: LessonStep, answers: str | Mapping[str, str] | Sequence[str]) -> str:
    """A fill step's program from the answers: by name ("GAP_1" or "____1"), in their order, or as typed.

    A typed answer is "GAP_1=0.5; GAP_2=led.off()", or only what fills the gaps: "0.5; led.off()". Gaps without an answer
    stay as pupils see them. Raises `InputError` for a gap that does not exist.
    """
    fillings = gap_marks(step) | _fillings(step, answers)
    source = lesson.begin_of(step) or ""
    every = re.compile("|".join(gap_pattern(name).pattern for name in sorted(step.gaps, key=len, reverse=True)))
    return every.sub(lambda found: fillings[found[0]], source) if step.gaps else source


def gap_fillings(lesson: Lesson, step: LessonStep, program: str) -> dict[str, str] | None:
    """What fills which gap in a program that `filled_program` has made, by the gap's name; "" for gaps without an answer.

    None where the program differs elsewhere than in its gaps.
    """
    source, at, pattern, seen = lesson.begin_of(step) or "", 0, "", set[str]()
    every = re.compile("|".join(gap_pattern(name).pattern for name in sorted(step.gaps, key=len, reverse=True)))
    names = list(step.gaps)
    for found in every.finditer(source) if step.gaps else ():
        group = f"gap{names.index(found[0])}"
        pattern += re.escape(source[at : found.start()]) + (f"(?P={group})" if group in seen else rf"(?P<{group}>[^\n]*?)")
        seen.add(group)
        at = found.end()
    same = re.fullmatch(pattern + re.escape(source[at:].rstrip()) + r"\s*", program)
    if same is None:
        return None
    fillings = {name: same[f"gap{number}"].strip() for number, name in enumerate(names) if f"gap{number}" in seen}
    marks = gap_marks(step)
    return {name: "" if filling == marks[name] else filling for name, filling in fillings.items()}


def begin_program(lesson: Lesson, step: LessonStep) -> str | None:
    """What a pupil begins the step with: shuffled lines below one another, a program with its gaps, or the program; None for none."""
    if step.kind == "order":
        task = order_task(lesson, step)
        return "\n".join([*task.fixed, *task.lines]) + "\n"
    return gapped_program(lesson, step) if step.kind == "fill" else lesson.begin_of(step)


def solution_programs(lesson: Lesson, step: LessonStep) -> dict[str, str]:
    """The right programs of a step by the name of their file; a fill step's own has its gaps filled as the author would."""
    found = dict(lesson.solutions_of(step))
    source = lesson.begin_of(step)
    if source is not None and step.kind == "order":
        found[step.program_file] = "\n".join(ordered_lines(lesson, step)) + "\n"
    elif source is not None and step.kind == "fill":
        found[step.program_file] = filled_program(lesson, step, step.gaps)
    elif source is not None and step.kind in ("predict", "measure"):
        found[step.program_file] = source
    return found


def answered_program(lesson: Lesson, step: LessonStep, answer: str) -> str:
    """The program that a typed answer of an order or fill step makes. Raises `InputError`."""
    if len(answer) > MAX_ANSWER:
        raise InputError(N_("The answer is too long."), N_("Write only what the step asks for."))
    if step.kind == "order":
        return ordered_program(lesson, step, answer)
    return filled_program(lesson, step, answer)


def _dice(*words: object) -> bytes:
    return hashlib.sha256("\0".join(map(str, words)).encode()).digest()


def _numbers(answer: str) -> list[int]:
    words = answer.replace(",", " ").replace(";", " ").split()
    if not all(word.isascii() and word.isdecimal() and len(word) < 4 for word in words):
        raise InputError(
            N_("“{text}” is no row of line numbers.", text=answer[:60]), N_("Write the numbers of the lines, for example: 3 1 2")
        )
    return [int(word) for word in words]


def _how_to_order(task: OrderTask) -> Message:
    return N_(
        "Write each number from 1 to {n} once at most, in the order of the program; leave out lines that do not belong.", n=len(task.lines)
    )


def _fillings(step: LessonStep, answers: str | Mapping[str, str] | Sequence[str]) -> dict[str, str]:
    """What fills which gap, by the gap's name."""
    names = list(step.gaps)
    if isinstance(answers, str):
        answers = _typed(step, answers)
    if isinstance(answers, Mapping):
        by_mark = {mark: name for name, mark in gap_marks(step).items()}
        pairs = [(by_mark.get(name, name), filling) for name, filling in answers.items()]
    else:
        if len(answers) > len(names):
            raise InputError(
                N_("There are more answers than gaps: {answers} for {gaps}.", answers=len(answers), gaps=len(names)),
                N_("Put a semicolon between two answers, and nowhere else."),
            )
        pairs = list(zip(names, answers, strict=False))
    for name, _ in pairs:
        if name not in names:
            raise InputError(N_("There is no gap {name}.", name=name[:60]), N_("These are the gaps: {names}.", names=", ".join(names)))
    return {name: filling.strip() for name, filling in pairs if filling.strip()}


def _typed(step: LessonStep, answer: str) -> Mapping[str, str] | Sequence[str]:
    """An answer as typed: pieces with semicolons or new lines between them, named or in the order of the gaps."""
    pieces = [piece.strip() for piece in re.split(r"[;\n]", answer)]
    named = {*step.gaps, *gap_marks(step).values()}
    pairs = [piece.partition("=") for piece in pieces if piece]
    if pairs and all(sign and name.strip() in named for name, sign, _ in pairs):
        return {name.strip(): filling.strip() for name, _, filling in pairs}
    return pieces if any(pieces) else []
