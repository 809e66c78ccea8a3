"""`lovhe deploy`: a lesson onto a board that runs MicroPython."""

from __future__ import annotations

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import port_option
from lovhe.apps.cli.output import say
from lovhe.apps.language import key
from lovhe.core.messages import N_


@click.command("deploy", cls=LovheCommand, help=key("Put a lesson on a board. A program of the student's that is there is kept."))
@click.argument("lesson_id", metavar="LESSON")
@port_option
def deploy_command(lesson_id: str, port: str | None) -> None:
    """Unchanged files are left alone."""
    from lovhe.apps import wiring
    from lovhe.services.deploying import deploy_lesson

    lesson = wiring.kit().lesson(lesson_id)
    board = wiring.choose_board(port)
    say(N_("Putting the lesson {lesson} on {board} …", lesson=lesson.id, board=board.name))
    link = wiring.open_link(board)
    try:
        deployed = deploy_lesson(lesson, link, wiring.runtime(), first_main=wiring.first_main())
    finally:
        link.close()
    say(N_("Done: {n} file written.", "Done: {n} files written.", n=deployed.written))
    if deployed.kept:
        say(N_("The program that was on the board is kept there as {file}.", file=deployed.kept))
