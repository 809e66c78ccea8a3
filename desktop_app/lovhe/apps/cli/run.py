"""`lovhe run`: a program on a board, what it prints and shows as it happens."""

from __future__ import annotations

import re
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
    from lovhe.core.programs.friendly_errors import explain

    code = 0
    missed = False
    for event in events:
        match event.kind, event.args:
            case "text", [str(text)]:
                click.echo(text, nl=False)
            case "show", [dict(readings)]:
                for name, value in readings.items():
                    click.echo(f"{name}: {value}")
            case "end", ["error", kind, message, line, *_]:
                what, hint = explain(str(kind), str(message), int(line), source)
                say(N_("{what} ({kind})", what=what, kind=kind))
                if hint is not None:
                    say(hint)
                code = 1
            case "end", ["stopped", *_]:
                say(N_("The time is over, and the program was stopped."))
            case "end", ["sleep", *_]:
                say(N_("The program has put the board into deep sleep. When it wakes, it starts anew."))
            case "end", ["reset", *_]:
                say(N_("The program has restarted the board."))
            case "lost" | "gap", _:
                if not missed:
                    say(N_("Some of what the program did was not seen: the line was too slow."))
                missed = True
            case "gone", ["brownout"]:
                click.echo()
                say(N_("The board's supply sagged while the program ran (brown-out): the board restarted, and the program is over."))
                say(N_("Take another USB socket or a shorter cable, and feed motors, servos and many LEDs from a supply of their own."))
                code = 3
            case "gone", ["restart"]:
                _say_restart()
            case "gone", _:
                say(N_("The board went away while the program ran."))
                say(N_("Look at the cable, then `lovhe boards`, and run the program again."))
                code = 3
            case "stuck", _:
                say(N_("The program did not listen to Ctrl-C; the board was reset."))
                if _takes_the_line(source):
                    say(
                        N_("Pins 1 and 3 of an ESP32 are its line to the PC: a program that uses them is no longer heard. Take other pins.")
                    )
    return code


def _takes_the_line(source: str) -> bool:
    """Whether the program makes a pin of 1 or 3."""
    return re.search(r"\bPin\s*\(\s*[13]\s*[,)]", source) is not None


def _say_restart() -> None:
    """A board that started anew took the program with it."""
    click.echo()
    say(N_("The board restarted while the program ran, and the program is over."))
    say(
        N_(
            "A program does that itself with `machine.reset()`, `deepsleep()`, a watchdog (`WDT`) that is not fed, or a pin that belongs "
            "to the flash memory (6 to 11 on an ESP32). If yours has none of them, look at the cable and the wiring."
        )
    )
