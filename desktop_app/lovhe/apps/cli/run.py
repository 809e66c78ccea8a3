"""`lovhe run`: a program on a board, what it prints and shows as it happens."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.keyboard import Keyboard
from lovhe.apps.cli.options import Duration, port_option, program_name, read_program
from lovhe.apps.cli.output import say
from lovhe.apps.language import key
from lovhe.core.checks.evidence import Event
from lovhe.core.messages import N_
from lovhe.core.programs.program import ProgramProblem


@click.command("run", cls=LovheCommand, help=key("Run a program on a board and show what it prints. Ctrl-C stops it."))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@port_option
@click.option("--for", "duration_s", type=Duration(), metavar="TIME", help=key("Stop the program after this time: 5s, 500ms, 2min."))
def run_command(file: Path, port: str | None, duration_s: float | None) -> int:
    """A program that cannot be compiled is told before anything is sent."""
    from lovhe.apps import wiring
    from lovhe.core.programs.program import syntax_problem
    from lovhe.services.running import run_program

    source = read_program(file)
    problem = syntax_problem(source)
    if problem is not None:
        say_problem(file, problem)
        return 1
    board = wiring.choose_board(port)
    name = program_name(file)
    say(N_("Running {file} on {board} …", file=name, board=board.name))
    link = wiring.open_link(board)
    try:
        with Keyboard() as keyboard:
            events = run_program(source, link, name=name, runtime=wiring.runtime(), duration_s=duration_s, typed=keyboard.read)
            return show_events(events, source)
    finally:
        link.close()


def say_problem(file: Path, problem: ProgramProblem) -> None:
    """Where and why a program's text cannot run."""
    say(N_("{file}: {what}", file=program_name(file), what=problem.what))
    if problem.hint is not None:
        say(problem.hint)


def show_events(events: Iterable[Event], source: str) -> int:
    """Print text and readings as they come; return 0, 1 after an exception of the program's, or 3 when the board or its power went away."""
    from lovhe.apps.workspace.run_sentences import RunSentences

    sentences = RunSentences(
        source,
        stopped=N_("The time is over, and the program was stopped."),
        look=N_("Look at the cable, then `lovhe boards`, and run the program again."),
    )
    for event in events:
        for said in sentences.of(event):
            if said.kind == "sentence":
                say(said.text)
            else:
                click.echo(said.text, nl=said.kind == "reading")
    return sentences.code
