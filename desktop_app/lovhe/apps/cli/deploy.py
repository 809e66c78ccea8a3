"""`lovhe deploy`: a lesson, or a program that is to run by itself, onto a board that runs MicroPython."""

from __future__ import annotations

from pathlib import Path

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import port_option, read_program
from lovhe.apps.cli.output import say
from lovhe.apps.language import key
from lovhe.core.errors import InputError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import N_

_HELP = key(
    "Put a lesson on a board. A program of the student's that is there is kept.\n\n"
    "With --program FILE, that program becomes the board's main.py and starts: from then on it runs whenever the board has power, "
    "also from a battery and without a PC."
)


@click.command("deploy", cls=LovheCommand, help=_HELP)
@click.argument("lesson_id", metavar="[LESSON]", required=False)
@click.option("--program", metavar="FILE", type=click.Path(path_type=Path), help=key("The program that the board shall run by itself."))
@port_option
def deploy_command(lesson_id: str | None, program: Path | None, port: str | None) -> None:
    """Unchanged files are left alone."""
    from lovhe.apps import wiring

    if (lesson_id is None) == (program is None):
        raise InputError(
            N_("It is not clear what to put on the board."), N_("Give either a lesson, or --program and the name of a program's file.")
        )
    if program is not None:
        _deploy_program(program, port)
    elif lesson_id is not None:
        _deploy_lesson(wiring.kit().lesson(lesson_id), port)


def _deploy_lesson(lesson: Lesson, port: str | None) -> None:
    from lovhe.apps import wiring
    from lovhe.services.deploying import deploy_lesson

    board = wiring.choose_board(port)
    say(N_("Putting the lesson {lesson} on {board} …", lesson=lesson.id, board=board.name))
    link = wiring.open_link(board)
    try:
        deployed = deploy_lesson(lesson, link, wiring.runtime(), first_main=wiring.first_main())
    finally:
        link.close()
    say(N_("Done: {n} file written.", "Done: {n} files written.", n=deployed.written))
    _say_kept(deployed.kept)


def _deploy_program(file: Path, port: str | None) -> None:
    from lovhe.apps import wiring
    from lovhe.services.deploying import deploy_program, refuse_unready_program

    source = read_program(file)
    refuse_unready_program(source)
    board = wiring.choose_board(port)
    say(N_("Putting the program {file} on {board} …", file=file.name, board=board.name))
    link = wiring.open_link(board)
    try:
        deployed = deploy_program(source, link, wiring.runtime(), first_main=wiring.first_main())
    finally:
        link.close()
    say(N_("Done: the board {board} runs it now, and whenever it has power.", board=board.shown))
    _say_kept(deployed.kept)


def _say_kept(kept: str) -> None:
    if kept:
        say(N_("The program that was on the board is kept there as {file}.", file=kept))
