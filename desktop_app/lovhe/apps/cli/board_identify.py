"""`lovhe board identify`: a board in a box of thirty blinks, so that one finds it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from lovhe.apps.board_words import where_to_look
from lovhe.apps.cli.boards import say_asking
from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import Duration
from lovhe.apps.cli.output import say
from lovhe.apps.language import key
from lovhe.core.boards.lights import BoardLight
from lovhe.core.messages import N_

_DEFAULT_S = 10.0
_HELP = key(
    "Let a board blink its LED, so that you find it. The program that runs on it is interrupted, and starts again afterwards.\n\n"
    "BOARD is what stands on its sticker (7A-12), or its name or serial port as `lovhe boards` shows them. You can also press the button "
    "BOOT on the board that you think it is: if it is that one, this command says so. Ctrl+C ends it."
)


@click.command("identify", cls=LovheCommand, help=_HELP)
@click.argument("name", metavar="BOARD")
@click.option("--for", "duration_s", type=Duration(), metavar="TIME", help=key("How long to blink: 30s, 2min. Otherwise 10 s."))
def identify_command(name: str, duration_s: float | None) -> None:
    """Ctrl+C is a way to say that it has been found."""
    from lovhe.apps.board_set import find_board, identify

    seconds = _DEFAULT_S if duration_s is None else duration_s
    board = find_board(name, say_asking)

    def told(lights: Sequence[BoardLight], chip: str) -> None:
        say(where_to_look(board.shown, lights, seconds))
        if chip == "esp32":
            say(N_("Boards without an LED of their own, such as Espressif's DevKitC, do not blink; they have the button, too:"))
        say(N_("Press BOOT on the board that you think it is: if it is {board}, it is said here.", board=board.shown))

    try:
        pressed = identify(board, seconds, told)
    except KeyboardInterrupt:
        pressed = False
    if pressed:
        say(N_("This is {board}: its button BOOT was pressed.", board=board.shown))
    say(N_("{board} is as before: its own program has started again.", board=board.shown))
