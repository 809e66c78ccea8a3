"""`lovhe board …`: virtual boards that stay until they are stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lovhe.apps.cli.boards import as_objects, show_boards
from lovhe.apps.cli.command import LovheGroup
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show_json
from lovhe.apps.language import key
from lovhe.core.errors import InputError
from lovhe.core.messages import N_

CHIPS = ("esp32", "esp32s3", "esp32c3")


class _Chip(click.Choice[str]):
    """A chip's name, also as its maker prints it: ESP32-S3."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(str(value).casefold().replace("-", ""), param, ctx)


@click.group(
    "board",
    cls=LovheGroup,
    where={
        "identify": "lovhe.apps.cli.board_identify",
        "rename": "lovhe.apps.cli.board_naming",
        "forget": "lovhe.apps.cli.board_naming",
        "test": "lovhe.apps.cli.board_test",
        "wiring": "lovhe.apps.cli.board_wiring",
        "fault": "lovhe.apps.cli.board_fault",
        "watch": "lovhe.apps.cli.board_watch",
    },
    help=key("Find and name boards; start and stop virtual boards and change what surrounds them."),
)
def board_command() -> None:
    """Nothing by itself."""


@board_command.command("start", help=key("Start virtual boards. They run until `lovhe board stop`."))
@click.option("--name", metavar="NAME", help=key("Name of the board; with --count, numbers are added to it."))
@click.option("--count", type=click.IntRange(1, 64), default=1, metavar="N", help=key("How many boards to start."))
@click.option("--chip", type=_Chip(CHIPS), metavar="CHIP", help=key("Which chip to be."))
@click.option("--board", "kind", default="", metavar="BOARD", help=key("Which kind of board to be, for example esp32-c3-supermini."))
@click.option("--lesson", metavar="LESSON", help=key("Wire up this lesson's circuit."))
@click.option("--circuit", metavar="FILE", type=click.Path(path_type=Path), help=key("Wire up the circuit in this TOML file."))
@click.option("--baud-limit", type=click.IntRange(min=300), metavar="B", help=key("Be no faster than a line of B baud."))
@click.option(
    "--endpoint", type=click.Choice(["rfc2217", "pty"]), default="rfc2217", metavar="rfc2217|pty", help=key("Kind of serial port.")
)
@json_option
def start_board(
    name: str | None,
    count: int,
    chip: str | None,
    kind: str,
    lesson: str | None,
    circuit: Path | None,
    baud_limit: int | None,
    endpoint: str,
    as_json: bool,
) -> None:
    """Each board is a process of its own."""
    from lovhe.apps import wiring
    from lovhe.apps.cli.board_wiring import say_warnings
    from lovhe.apps.running_boards import warnings_of

    if lesson and circuit:
        raise InputError(N_("A board has one circuit, and two were given."), N_("Give either --lesson or --circuit."))
    say(N_("Starting {n} virtual board …", "Starting {n} virtual boards …", n=count))
    boards = wiring.start_virtual_boards(
        count=count,
        name=name,
        lesson=lesson,
        circuit=circuit,
        chip=chip or "",
        board=kind,
        baud_limit=baud_limit,
        endpoint=endpoint,
        tie_to_this_process=False,
    )
    if as_json:
        show_json(as_objects(boards))
    else:
        show_boards(boards)
    if lesson or circuit:
        say_warnings(warnings_of(boards[0].name), boards[0].name)
    empty = [board.name for board in boards if board.state == "empty"]
    if empty and not as_json:
        say(N_("It has no MicroPython yet: `lovhe flash {name}` puts it there, then programs can be run and checked on it.", name=empty[0]))


@board_command.command("stop", help=key("Stop a virtual board, or all of them."))
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--all", "every", is_flag=True, help=key("Stop all virtual boards."))
def stop_board(name: str | None, every: bool) -> None:
    """Without a name, the only board there is."""
    from lovhe.apps import wiring
    from lovhe.apps.running_boards import only_virtual_board

    if name and every:
        raise InputError(N_("A name and --all were given together."), N_("Give one of them."))
    if every:
        stopped = wiring.stop_virtual_boards()
    else:
        stopped = [name or only_virtual_board(N_("Give the name of one, or --all."))]
        wiring.stop_virtual_board(stopped[0])
    say(N_("Stopped {n} virtual board.", "Stopped {n} virtual boards.", n=len(stopped)))


@board_command.command("set", help=key("Change what surrounds a virtual board: `lovhe board set NAME light=20% button=pressed`."))
@click.argument("name", metavar="NAME")
@click.argument("settings", metavar="PART=VALUE…", nargs=-1, required=True)
def set_board(name: str, settings: tuple[str, ...]) -> None:
    """All of them, or none if one of them is wrong."""
    from lovhe.apps import wiring

    changes: dict[str, str] = {}
    for setting in settings:
        part, sign, value = setting.partition("=")
        if not (part and sign and value):
            raise InputError(
                N_("“{word}” does not say what to set to what.", word=setting),
                N_("Write it like light=20% or button=pressed, without spaces."),
            )
        changes[part] = value
    wiring.set_surroundings(name, changes)


@board_command.command(
    "serve", hidden=True, context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}, add_help_option=False
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def serve_board(arguments: tuple[str, ...]) -> int:
    """The process of one board; `start` calls it."""
    from lovhe.apps import wiring

    return wiring.serve_board(list(arguments))
