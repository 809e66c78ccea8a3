"""`lovhe flash`: MicroPython and the kit's files onto many boards at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.flash_screen import FlashEnd, flash_with_screen
from lovhe.apps.cli.flash_table import as_object, say_names_hint, show_flash_results
from lovhe.apps.cli.main import INTERRUPTED
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show_json
from lovhe.apps.language import key
from lovhe.core.boards.names import check_class_name
from lovhe.core.errors import InputError, NoBoardError
from lovhe.core.messages import N_
from lovhe.services.flash.flashing import FlashResult, FlashWishes
from lovhe.services.ports import BoardInfo

_HELP = key(
    "Put MicroPython and the kit's files on boards, all at the same time.\n\n"
    "Only what differs is written: a board that has everything is done in a second or two. For more boards than sockets, --watch flashes "
    "each board that is plugged in, and says when it can be unplugged. After a power cut, --resume finishes what was begun. "
    "Ctrl+C ends in good order: each board is whole, or is remembered as unfinished."
)


@click.command("flash", cls=LovheCommand, help=_HELP)
@click.argument("names", metavar="[BOARD…]", nargs=-1)
@click.option("--all", "every", is_flag=True, help=key("Flash all boards there are."))
@click.option("--watch", is_flag=True, help=key("Flash each board that is plugged in, until Ctrl+C."))
@click.option("--resume", is_flag=True, help=key("Finish the boards whose flash was cut off."))
@click.option("--class", "class_name", metavar="CLASS", help=key("Give boards that have no name one of this class: 7A-1, 7A-2 and so on."))
@click.option("--firmware", metavar="NAME|FILE", help=key("A MicroPython release by name, or a .bin file."))
@click.option("--keep-files", is_flag=True, help=key("Leave the files on the boards as they are."))
@click.option("--fresh", is_flag=True, help=key("Write everything, also what is there already."))
@click.option("--count", type=click.IntRange(min=1), metavar="N", help=key("With --watch: end when N boards are done."))
@json_option
def flash_command(
    names: tuple[str, ...],
    every: bool,
    watch: bool,
    resume: bool,
    class_name: str | None,
    firmware: str | None,
    keep_files: bool,
    fresh: bool,
    count: int | None,
    as_json: bool,
) -> int:
    """One board's trouble stops no other."""
    _refuse_contradictions(names=names, every=every, watch=watch, resume=resume, firmware=firmware, keep_files=keep_files, count=count)
    wishes = FlashWishes(
        firmware=firmware or "",
        keep_files=keep_files,
        fresh=fresh,
        class_name=check_class_name(class_name) if class_name else "",
        resume=resume,
    )
    if watch:
        from lovhe.apps.cli.flash_watch import watch_and_flash

        end = watch_and_flash(wishes, count)
        return _told(end, as_json=as_json, hint=not wishes.class_name)
    boards = _cut_off(names) if resume else chosen_boards(names, every)
    if boards:
        say(N_("Flashing {n} board …", "Flashing {n} boards …", n=len(boards)))
    end = flash_with_screen(boards, wishes)
    code = _told(end, as_json=as_json, hint=len(boards) > 1 and not (class_name or resume))
    return max(code, _tell_missing(end.results)) if resume else code


def _cut_off(names: Sequence[str]) -> list[BoardInfo]:
    """The boards whose flash was cut off, or may have been, of all or of those that are named."""
    from lovhe.apps import wiring
    from lovhe.apps.flash.wiring import unfinished

    return unfinished(chosen_boards(names, every=False) if names else wiring.find_boards())


def _tell_missing(results: Sequence[FlashResult]) -> int:
    """Tell of unfinished boards that are not plugged in; the exit code for them, 0 where there are none."""
    from lovhe.apps.flash.wiring import still_unfinished

    missing = still_unfinished(results)
    for sentence in missing:
        say(sentence)
    if missing:
        say(N_("Plug it in and give `lovhe flash --resume` again.", "Plug them in and give `lovhe flash --resume` again.", n=len(missing)))
    elif not results:
        say(N_("No board is unfinished."))
    return NoBoardError.exit_code if missing else 0


def _told(end: FlashEnd, *, as_json: bool, hint: bool) -> int:
    """Show how it ended; the exit code."""
    if as_json:
        show_json([as_object(result) for result in end.results])
    elif end.results:
        show_flash_results(end.results, end.seconds)
        if hint:
            say_names_hint(end.results)
    if end.left:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(INTERRUPTED)  # the boards' threads would be waited for; what they write is in the journal
    if end.stopped:
        return INTERRUPTED
    return max((result.error.exit_code for result in end.results if result.error), default=0)


def _refuse_contradictions(
    *, names: Sequence[str], every: bool, watch: bool, resume: bool, firmware: str | None, keep_files: bool, count: int | None
) -> None:
    """Raise `InputError` where two of what was asked for cannot both be done."""
    if watch and (names or every or resume):
        raise InputError(
            N_("--watch flashes each board that it finds, now or later; it takes no names of boards, no --all and no --resume."),
            N_("Give --watch alone, or leave it out."),
        )
    if count is not None and not watch:
        raise InputError(N_("--count says after how many boards --watch ends, and there is no --watch."), N_("Give both, or leave it out."))
    if resume and (firmware or keep_files):
        raise InputError(
            N_("--resume finishes each board as it was begun; it takes no --firmware and no --keep-files."),
            N_("Leave them out; or leave --resume out and flash the boards anew."),
        )
    if every and names:
        raise InputError(N_("Names of boards and --all were given together."), N_("Give one of them."))


def chosen_boards(names: Sequence[str], every: bool) -> list[BoardInfo]:
    """The boards named, all, or the only one there is. Raises `NoBoardError` when there is none."""
    from lovhe.apps import wiring

    if every:
        boards = wiring.find_boards() or [wiring.choose_board(None)]  # which says what to do where there is none
        return [board for board in boards if board.state != "off"] or boards
    if not names and len(boards := wiring.find_boards()) > 1:
        raise InputError(
            N_("There is more than one board: {names}.", names=", ".join(board.shown for board in boards)),
            N_("Give the names of those you mean, or --all."),
        )
    named = [wiring.choose_board(name) for name in names] or [wiring.choose_board(None)]
    return list({board.serial_port: board for board in named}.values())
