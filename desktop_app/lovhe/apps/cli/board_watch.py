"""`lovhe board watch`: a live view of a virtual board's pins, parts and surroundings."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from lovhe.apps.board_words import STATES
from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import rich_console, say, show_json
from lovhe.apps.language import key, t
from lovhe.core.errors import BoardGoneError, InputError
from lovhe.core.messages import N_

if TYPE_CHECKING:
    from rich.console import RenderableType

    from lovhe.apps.terminal_drawings import Glyphs

_PERIOD_S = 0.2
_ONCE_WIDTH, _ONCE_HEIGHT = 80, 1000

Look = Callable[[], dict[str, Any]]


@click.command("watch", cls=LovheCommand, help=key("Show live what a virtual board's pins and parts do. Ctrl+C ends it."))
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("parts", metavar="[PART…]", nargs=-1)
@click.option("--once", is_flag=True, help=key("Show it once and end."))
@json_option
def watch_command(name: str | None, parts: tuple[str, ...], once: bool, as_json: bool) -> None:
    """All parts, or those that are named. Where nobody watches (a file, a pipe) it is shown once."""
    from lovhe.apps.running_boards import only_virtual_board
    from lovhe.apps.watched_board import watched_board

    with watched_board(name or only_virtual_board(N_("Give the name of one."))) as look:
        first = look()
        _refuse_unknown(parts, first)
        if as_json:
            show_json(_only(first, parts))
        elif once or not sys.stdout.isatty():
            _show_once(first, parts)
        else:
            _show_live(look, parts)


def _refuse_unknown(parts: Sequence[str], seen: dict[str, Any]) -> None:
    for part in parts:
        if part not in seen["parts"]:
            raise InputError(
                N_("The board's circuit has no part “{part}”.", part=part[:60]),
                N_("Write one of these: {parts}.", parts=", ".join(seen["parts"]) or "–"),
            )


def _only(seen: dict[str, Any], parts: Sequence[str]) -> dict[str, Any]:
    return {**seen, "parts": {part: seen["parts"][part] for part in parts}} if parts else seen


def _show_once(seen: dict[str, Any], parts: Sequence[str]) -> None:
    from lovhe.apps.terminal_drawings import glyphs_for

    console = rich_console()
    width, height = (console.width, _ONCE_HEIGHT) if sys.stdout.isatty() else (_ONCE_WIDTH, _ONCE_HEIGHT)
    console.print(_view(seen, parts, width, height, glyphs_for(sys.stdout.encoding)), soft_wrap=True)


def _show_live(look: Look, parts: Sequence[str]) -> None:
    """Look and draw again and again, until Ctrl+C or until the board is gone."""
    from rich.live import Live

    from lovhe.apps.terminal_drawings import glyphs_for

    console, glyphs = rich_console(), glyphs_for(sys.stdout.encoding)  # what stands there during `Live` does not know it
    try:
        with Live(console=console, screen=True, auto_refresh=False, vertical_overflow="crop") as live:
            while True:
                began_s = time.monotonic()
                seen = look()
                live.update(_view(seen, parts, console.width, console.height, glyphs), refresh=True)
                time.sleep(max(_PERIOD_S - (time.monotonic() - began_s), 0))
    except KeyboardInterrupt:
        return
    except BoardGoneError:
        say(N_("The board {board} has been stopped.", board=seen["name"]))


def _view(seen: dict[str, Any], parts: Sequence[str], width: int, height: int, glyphs: Glyphs) -> RenderableType:
    from rich.text import Text

    from lovhe.apps.board_view import BoardState, board_lines

    board = BoardState(seen["name"], seen["chip"], t(STATES.get(seen["state"], seen["state"])), seen)
    return Text("\n").join(board_lines(board, width, height, glyphs, parts))
