"""`lovhe boards`: what is plugged in and what is running."""

from __future__ import annotations

from collections.abc import Sequence

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show_json, show_table
from lovhe.apps.language import key, t
from lovhe.core.messages import N_
from lovhe.services.ports import BoardInfo

STATES = {
    "ready": key("ready"),
    "unfinished": key("flash unfinished"),
    "empty": key("empty"),
    "loader": key("in its loader"),
    "silent": key("does not start"),
    "busy": key("busy"),
    "off": key("unplugged"),
}


@click.command("boards", cls=LovheCommand, help=key("Show all boards, real and virtual: name, serial port, chip, state."))
@json_option
def boards_command(as_json: bool) -> None:
    """Real boards by their USB ids, virtual ones by their registry."""
    from lovhe.apps import wiring

    boards = wiring.find_boards()
    if as_json:
        show_json(as_objects(boards))
        return
    if not boards:
        say(N_("There is no board."))
        say(N_("Plug one in with a USB cable that carries data, or start a virtual one with `lovhe board start`."))
        return
    show_boards(boards)
    if any(board.state == "unfinished" for board in boards):
        say(N_("A flash was cut off: `lovhe flash` with the board's serial port finishes it."))


def as_objects(boards: Sequence[BoardInfo]) -> list[dict[str, object]]:
    """The boards as `--json` prints them."""
    return [
        {
            "name": board.name,
            "serial_port": board.serial_port,
            "chip": board.chip,
            "virtual": board.virtual,
            "state": board.state,
            "mac": board.mac,
        }
        for board in boards
    ]


def show_boards(boards: Sequence[BoardInfo]) -> None:
    """The boards as a table."""
    kinds = {True: t(key("virtual")), False: t(key("real"))}
    show_table(
        (key("Name"), key("Serial port"), key("Chip"), key("Kind"), key("State")),
        [(board.name, board.serial_port, board.chip, kinds[board.virtual], t(STATES.get(board.state, board.state))) for board in boards],
    )
