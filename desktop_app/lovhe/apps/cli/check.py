"""`lovhe check`: judge a student's program and record the result."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option, port_option, read_program
from lovhe.apps.cli.output import say, show_json
from lovhe.apps.cli.verdict import EXIT_CODES, show_report
from lovhe.apps.language import current_language, key, t
from lovhe.core.errors import InputError
from lovhe.core.evidence import Event
from lovhe.core.lesson import Lesson
from lovhe.core.messages import N_
from lovhe.services.ports import BoardLink, Stage


@click.command("check", cls=LovheCommand, help=key("Run a program through a lesson's checks and record the result."))
@click.argument("lesson_id", metavar="LESSON")
@click.argument("file", metavar="FILE", required=False, type=click.Path(path_type=Path))
@port_option
@click.option("--virtual", is_flag=True, help=key("Use a fresh virtual board in virtual time: no board is needed, and no waiting."))
@json_option
def check_command(lesson_id: str, file: Path | None, port: str | None, virtual: bool, as_json: bool) -> int:
    """A program that cannot be compiled needs no board."""
    from lovhe.apps import wiring
    from lovhe.apps.attempts import record_attempt
    from lovhe.core.judging import judge, watched_gpios
    from lovhe.core.program import syntax_problem
    from lovhe.core.report import report_json
    from lovhe.services.checking import check_program

    if virtual and port:
        raise InputError(N_("A serial port and --virtual were given together."), N_("Give one of them."))
    lesson = wiring.kit().lesson(lesson_id)
    if file is None:
        raise InputError(
            N_("It is not said which program to check."), N_("Give the program's file: lovhe check {lesson} main.py", lesson=lesson.id)
        )
    source = read_program(file)
    with wiring.results() as store:  # opened first: a verdict that cannot be kept is not asked for
        if syntax_problem(source) is not None:
            board, report = "", judge(lesson, source, [])
            events: list[Event] = []
        else:
            with _place(lesson, port, virtual, file) as (board, link, stage):
                report, events = check_program(
                    lesson, source, link, stage, name=file.name, watch=watched_gpios(lesson), runtime=wiring.runtime()
                )
        record_attempt(store, lesson, report, events, board=board, program=source)
    if as_json:
        show_json(report_json(report, t))
    else:
        show_report(report, lesson)
    return EXIT_CODES[report.outcome]


@contextmanager
def _place(lesson: Lesson, port: str | None, virtual: bool, file: Path) -> Iterator[tuple[str, BoardLink, Stage]]:
    """Where the program runs: the board's name, a link to it and its stage. A lesson that asks what is seen needs a keyboard."""
    from lovhe.apps import wiring
    from lovhe.apps.cli.yes_or_no import YesOrNo

    if virtual:
        say(N_("Checking {file} on a virtual board …", file=file.name))
        with wiring.virtual_bench(lesson) as (link, stage):
            yield "virtual", link, stage
        return
    board = wiring.choose_board(port)
    wiring.refuse_unfit_board(board, lesson)
    say(N_("Checking {file} on {board} …", file=file.name, board=board.name))
    person = YesOrNo() if any(step.expect_look for one in lesson.file.check for step in one.step) else None
    stage = wiring.open_stage(board, lesson, current_language().code, ask_aloud, person)
    link = wiring.open_link(board)
    try:
        with person or nullcontext():
            yield board.name, link, stage
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
