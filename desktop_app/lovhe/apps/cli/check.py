"""`lovhe check`: judge what a student hands in for a step of a lesson, and record the result."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option, port_option, program_name, read_program
from lovhe.apps.cli.output import say, show_json
from lovhe.apps.cli.verdict import EXIT_CODES, show_report
from lovhe.apps.language import current_language, key, t
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.report import Report
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep
from lovhe.core.messages import N_
from lovhe.services.ports import BoardInfo, BoardLink, Stage

if TYPE_CHECKING:
    from lovhe.apps.step_answers import StepPlan

_HELP = key(
    "Check what you did in a lesson, and record the result.\n\n"
    "FILE is your program for the lesson's goal, or with --step for another step. A question is answered with --answer: its letter, "
    "a number, the order of lines as “3 1 2”, or what fills the gaps, with semicolons between."
)


@click.command("check", cls=LovheCommand, help=_HELP)
@click.argument("lesson_id", metavar="LESSON")
@click.argument("file", metavar="FILE", required=False, type=click.Path(path_type=Path))
@port_option
@click.option("--step", "step_id", metavar="STEP", help=key("Check this step of the lesson instead of its goal."))
@click.option("--answer", metavar="ANSWER", help=key("What you answer in this step."))
@click.option("--virtual", is_flag=True, help=key("Use a fresh virtual board in virtual time: no board is needed, and no waiting."))
@json_option
def check_command(
    lesson_id: str, file: Path | None, port: str | None, step_id: str | None, answer: str | None, virtual: bool, as_json: bool
) -> int:
    """A program that cannot be compiled needs no board, and neither does a prediction."""
    from lovhe.apps import wiring
    from lovhe.apps.attempts import record_attempt
    from lovhe.apps.step_answers import plan_step, step_of
    from lovhe.core.checks.report import report_json
    from lovhe.core.programs.program import program_text

    if virtual and port:
        raise InputError(N_("A serial port and --virtual were given together."), N_("Give one of them."))
    lesson = wiring.kit().lesson(lesson_id)
    step = step_of(lesson, step_id)
    if answer is not None:
        answer = program_text(os.fsencode(answer))  # it may become a program, so what is not UTF-8 is treated as in one
    plan = plan_step(lesson, step, (program_name(file), read_program(file)) if file is not None else None, answer)
    if plan.asks and answer is None and not sys.stdin.isatty():
        raise _unanswered(plan)
    with wiring.results() as store:  # opened first: a verdict that cannot be kept is not asked for
        board, report, events = "", None, list[Event]()
        handed_in = plan.source or ""
        if plan.wires:
            board, report = _test_circuit(plan, port, virtual)
        elif plan.source is not None:
            board, report, events = _run(plan, plan.source, port, virtual)
        if plan.asks and plan.step is not None and (report is None or report.outcome == "passed"):
            report, handed_in = _ask_and_judge(plan.lesson, plan.step, answer, events)
        assert report is not None
        record_attempt(store, lesson, report, events, board=board, program=handed_in)
    if as_json:
        show_json(report_json(report, t))
    else:
        show_report(report, lesson)
    return EXIT_CODES[report.outcome]


def _run(plan: StepPlan, source: str, port: str | None, virtual: bool) -> tuple[str, Report, list[Event]]:
    """The board's name, the verdict on a program and its evidence."""
    from lovhe.apps import wiring
    from lovhe.core.checks.judging import judge, watched_gpios
    from lovhe.core.programs.program import syntax_problem
    from lovhe.services.checking import check_program

    if syntax_problem(source) is not None:
        return "", judge(plan.lesson, source, []), []
    with _place(plan.lesson, port, virtual, plan.name) as (board, link, stage):
        watch, runtime = watched_gpios(plan.lesson), wiring.runtime()
        return board, *check_program(plan.lesson, source, link, stage, name=plan.name, watch=watch, runtime=runtime)


def _test_circuit(plan: StepPlan, port: str | None, virtual: bool) -> tuple[str, Report]:
    """The board's name, and the verdict on each part that the step builds."""
    from lovhe.apps.cli.board_test import test_step

    assert plan.step is not None
    return test_step(plan.lesson, plan.step, port, virtual=virtual)


def _ask_and_judge(lesson: Lesson, step: LessonStep, answer: str | None, events: list[Event]) -> tuple[Report, str]:
    """The verdict on an answer, and the answer; somebody at the keyboard is asked until it can be one."""
    from lovhe.apps.cli.questions import show_question
    from lovhe.core.lessons.answer_report import answer_report

    if answer is not None:
        return answer_report(lesson, step, answer, events), answer
    show_question(lesson, step, events)
    while True:
        said = click.prompt(t(key("Your answer")), err=True)
        try:
            return answer_report(lesson, step, said, events), said
        except InputError as problem:
            say(problem.what)
            say(problem.next_step)


def _unanswered(plan: StepPlan) -> InputError:
    step = plan.step
    choices = ", ".join(step.choices) if step is not None else ""
    what = N_("The step “{id}” asks a question, and no answer was given.", id=step.id if step is not None else "")
    if choices:
        return InputError(what, N_("Give --answer with one of these: {choices}.", choices=choices))
    return InputError(what, N_("Give --answer with a number, for example: --answer 23.5"))


@contextmanager
def _place(lesson: Lesson, port: str | None, virtual: bool, name: str) -> Iterator[tuple[str, BoardLink, Stage]]:
    """Where the program runs: the board's name, a link to it and its stage."""
    from lovhe.apps import wiring

    if virtual:
        say(N_("Checking {file} on a virtual board …", file=name))
        with wiring.virtual_bench(lesson) as (link, stage):
            yield "virtual", link, stage
        return
    board = wiring.choose_board(port)
    wiring.refuse_unfit_board(board, lesson)
    say(N_("Checking {file} on {board} …", file=name, board=board.name))
    with on_board(lesson, board) as (link, stage):
        yield board.name, link, stage


@contextmanager
def on_board(lesson: Lesson, board: BoardInfo) -> Iterator[tuple[BoardLink, Stage]]:
    """A link to a board over its line, and its stage. A lesson that asks what is seen, or what was done, needs a keyboard."""
    from lovhe.apps import wiring
    from lovhe.apps.cli.yes_or_no import YesOrNo

    steps = [step for one in lesson.file.check for step in one.step]
    done_by_hand = not board.virtual and sys.stdin is not None and sys.stdin.isatty() and any(step.asked for step in steps)
    person = YesOrNo() if done_by_hand or any(step.expect_look for step in steps) else None
    stage = wiring.open_stage(board, lesson, current_language().code, ask_aloud, person)
    link = wiring.open_link(board)
    try:
        with person or nullcontext():
            yield link, stage
    except InputError as problem:
        if not board.virtual:
            raise
        raise InputError(
            N_("The virtual board {board} has another circuit than this lesson: {problem}", board=board.name, problem=problem.what),
            N_("Start one with the lesson's circuit: lovhe board start --lesson {lesson}", lesson=lesson.id),
        ) from problem
    finally:
        link.close()


def ask_aloud(sentence: str) -> None:
    """Ask the student for a change of the surroundings."""
    say(f"→ {sentence}")
