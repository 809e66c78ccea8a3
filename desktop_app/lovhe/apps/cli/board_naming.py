"""`lovhe board rename` and `lovhe board forget`: the names of the class set."""

from __future__ import annotations

import click

from lovhe.apps.cli.boards import say_asking
from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.output import say
from lovhe.apps.language import key
from lovhe.core.messages import N_


@click.command(
    "rename",
    cls=LovheCommand,
    help=key(
        "Give a board another name: on this PC, and in the board itself where it is plugged in.\n\n"
        "BOARD is its sticker (7A-12), name, serial port or MAC; NEW is what will stand on its sticker."
    ),
)
@click.argument("board", metavar="BOARD")
@click.argument("new", metavar="NEW")
def rename_command(board: str, new: str) -> None:
    """What is on this PC counts; a board that cannot be told now is told when it is flashed."""
    from lovhe.apps.board_set import rename

    renamed = rename(board, new, say_asking)
    if renamed.written:
        say(N_("The board {board} is now {name}, and knows it.", board=board, name=str(renamed.name)))
        return
    say(N_("On this PC the board {board} is now {name}.", board=board, name=str(renamed.name)))
    if renamed.error is None:
        say(N_("It is not plugged in, so it does not know that itself yet: the next `lovhe flash` tells it."))
    else:
        say(renamed.error.what)
        say(N_("So the board does not know its name itself yet: the next `lovhe flash` tells it."))


@click.command(
    "forget",
    cls=LovheCommand,
    help=key("Forget a board that is gone: its name is free again. BOARD is its sticker (7A-12), name or MAC."),
)
@click.argument("board", metavar="BOARD")
def forget_command(board: str) -> None:
    """Nothing is done to the board."""
    from lovhe.apps.board_set import forget

    record = forget(board)
    if record.name is None:
        say(N_("The board {mac} is forgotten.", mac=record.mac))
    else:
        say(N_("The board {name} ({mac}) is forgotten; its name is free for another.", name=str(record.name), mac=record.mac))
