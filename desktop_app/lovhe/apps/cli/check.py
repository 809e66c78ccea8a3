"""`lovhe check`: judge what a student hands in for a step of a lesson, and record the result."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option, port_option, program_name, read_program
from lovhe.apps.cli.output import show_json
from lovhe.apps.cli.verdict import EXIT_CODES, show_report
from lovhe.apps.language import key, t
from lovhe.core.errors import InputError
from lovhe.core.messages import N_

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
    from lovhe.apps.cli.judge_desk import TerminalDesk
    from lovhe.apps.step_answers import plan_step, step_of
    from lovhe.apps.step_judging import judge_step
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
        judged = judge_step(plan, None if virtual else lambda: wiring.choose_board(port), TerminalDesk(answer))
        report = judged.report
        record_attempt(store, lesson, report, judged.events, board=judged.board, program=judged.handed_in)
    if as_json:
        show_json(report_json(report, t))
    else:
        show_report(report, lesson)
    return EXIT_CODES[report.outcome]


def _unanswered(plan: StepPlan) -> InputError:
    step = plan.step
    choices = ", ".join(step.choices) if step is not None else ""
    what = N_("The step “{id}” asks a question, and no answer was given.", id=step.id if step is not None else "")
    if choices:
        return InputError(what, N_("Give --answer with one of these: {choices}.", choices=choices))
    return InputError(what, N_("Give --answer with a number, for example: --answer 23.5"))
