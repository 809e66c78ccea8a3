"""`lovhe boards`: what is plugged in and running, the class set this PC knows, and stickers for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from lovhe.apps.board_words import KINDS, STATES
from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show_json, show_table
from lovhe.apps.language import key, t
from lovhe.core.boards.labels import SHEETS, read_numbers
from lovhe.core.boards.names import check_class_name, parse_board_name
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.services.ports import BoardInfo

_HELP = key(
    "Show all boards, real and virtual: name, serial port, chip, state.\n\n"
    "--set shows the class set: all boards that this PC has flashed or named, also those that are not plugged in, with their last flash "
    "and what went wrong. Boards with a CP210x or CH340 chip do not say by themselves which they are: --ask asks them, which interrupts "
    "the programs that run on them.\n\n"
    "--labels FILE makes stickers with name and QR code, for boards that have a name, or with --class 7A --numbers 1-30 for boards "
    "that will get one. The code holds what the sticker says and the board's MAC, as text."
)


@click.command("boards", cls=LovheCommand, help=_HELP)
@click.option("--set", "whole_set", is_flag=True, help=key("Show the class set: all boards that this PC knows."))
@click.option("--ask", is_flag=True, help=key("Ask boards that do not say who they are. Programs on them are interrupted and start again."))
@click.option("--class", "class_name", metavar="CLASS", default="", help=key("Only the boards of this class, for example 7A."))
@click.option(
    "--labels",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=key("Write a sheet of stickers to this file, PDF or SVG by its ending."),
)
@click.option("--numbers", metavar="NUMBERS", default="", help=key("Stickers with these numbers of the class: 1-30, or 4,17."))
@click.option(
    "--label-size",
    type=click.Choice(list(SHEETS)),
    metavar="|".join(SHEETS),
    default=next(iter(SHEETS)),
    help=key("Size of a sticker in mm: 70x37 for boxes and bags (24 a page), 38x21 to go below a board (65 a page)."),
)
@json_option
def boards_command(whole_set: bool, ask: bool, class_name: str, labels: Path | None, numbers: str, label_size: str, as_json: bool) -> None:
    """Real boards by their USB ids, virtual ones by their registry, known ones by the results file."""
    class_name = check_class_name(class_name) if class_name else ""
    if labels is not None:
        _refuse_beside_labels(whole_set or ask or as_json)
        _write_labels(labels, class_name, numbers, label_size)
        return
    if numbers:
        raise InputError(N_("--numbers is for stickers."), N_("Give --labels and a file name, too: --labels stickers.pdf."))
    boards = _find(ask)
    if whole_set:
        from lovhe.apps.cli.boards_set import show_set

        show_set(boards, class_name, as_json)
        return
    boards = [board for board in boards if not class_name or _class_of(board) == class_name]
    if as_json:
        show_json(as_objects(boards))
    elif boards:
        show_boards(boards)
        _say_what_to_do(boards, asked=ask)
    elif class_name:
        say(N_("No board of the class {name} is here, as far as boards say who they are.", name=class_name))
        say(N_("`lovhe boards --set` shows the boards that this PC knows, `lovhe boards --ask` asks those that are here."))
    else:
        say(N_("There is no board."))
        say(N_("Plug one in with a USB cable that carries data, or start a virtual one with `lovhe board start`."))


def _find(ask: bool) -> list[BoardInfo]:
    from lovhe.apps import wiring

    boards = wiring.find_boards()
    if not ask:
        return boards
    from lovhe.apps.board_set import ask_who

    boards, refusals = ask_who(boards, say_asking)
    for refusal in refusals:
        if refusal.error is not None:
            say(N_("{board}: {what}", board=refusal.board.shown, what=refusal.error.what))
    return boards


def say_asking(count: int) -> None:
    """What is about to happen to boards that have to be asked."""
    say(
        N_(
            "Asking {n} board who it is; the program that runs on it is interrupted and starts again …",
            "Asking {n} boards who they are; the programs that run on them are interrupted and start again …",
            n=count,
        )
    )


def _say_what_to_do(boards: Sequence[BoardInfo], *, asked: bool) -> None:
    from lovhe.apps.board_set import boards_to_ask, set_boards

    if any(board.state == "unfinished" for board in boards):
        say(N_("A flash was cut off: `lovhe flash --resume` finishes it."))
    unknown = 0 if asked else len(boards_to_ask(boards))
    if unknown and any(one.record.name for one in set_boards(boards)):
        say(
            N_(
                "{n} board does not say who it is: `lovhe boards --ask` asks it; its program is interrupted by that.",
                "{n} boards do not say who they are: `lovhe boards --ask` asks them; their programs are interrupted by that.",
                n=unknown,
            )
        )


def _class_of(board: BoardInfo) -> str:
    name = parse_board_name(board.sticker)
    return name.class_name if name else ""


def as_objects(boards: Sequence[BoardInfo]) -> list[dict[str, object]]:
    """The boards as `--json` prints them."""
    return [
        {
            "name": board.name,
            "sticker": board.sticker,
            "serial_port": board.serial_port,
            "chip": board.chip,
            "virtual": board.virtual,
            "state": board.state,
            "mac": board.mac,
        }
        for board in boards
    ]


def show_boards(boards: Sequence[BoardInfo]) -> None:
    """The boards as a table; the stickers' column is there when one of them has a sticker."""
    rows = [
        (board.name, board.serial_port, board.chip, t(KINDS[board.virtual]), t(STATES.get(board.state, board.state))) for board in boards
    ]
    headings = (key("Name"), key("Serial port"), key("Chip"), key("Kind"), key("State"))
    if any(board.sticker for board in boards):
        show_table((key("Sticker"), *headings), [(board.sticker, *row) for board, row in zip(boards, rows, strict=True)])
    else:
        show_table(headings, rows)


def _refuse_beside_labels(others: bool) -> None:
    if others:
        raise InputError(
            N_("--labels writes stickers and shows no boards."), N_("Give it with --class, --numbers and --label-size, or leave it out.")
        )


def _write_labels(file: Path, class_name: str, numbers: str, size: str) -> None:
    from lovhe.apps.board_set import write_labels

    if numbers and not class_name:
        raise InputError(N_("These numbers need the class that they belong to."), N_("Give it, too: --class 7A --numbers 1-30."))
    count, files = write_labels(file, class_name, read_numbers(numbers) if numbers else [], size)
    for path in files:
        say(N_("Written: {file}", file=str(path)))
    say(
        N_(
            "{n} sticker. Print it in its real size (100 %, not “fit to page”); the thin lines are for cutting.",
            "{n} stickers. Print them in their real size (100 %, not “fit to page”); the thin lines are for cutting.",
            n=count,
        )
    )
