"""`lovhe flash`: MicroPython and the kit's files onto many boards at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import outcome_mark, rich_console, say, show_json, show_table
from lovhe.apps.language import key, number, t
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.services.flashing import FlashResult
from lovhe.services.ports import BoardInfo

Progress = Callable[[BoardInfo, int, int], None]


@click.command("flash", cls=LovheCommand, help=key("Put MicroPython and the kit's files on boards, all at the same time."))
@click.argument("serial_ports", metavar="[SERIAL_PORT…]", nargs=-1)
@click.option("--all", "every", is_flag=True, help=key("Flash all boards there are."))
@click.option("--firmware", metavar="NAME|FILE", help=key("A MicroPython release by name, or a .bin file."))
@click.option("--keep-files", is_flag=True, help=key("Leave the files on the boards as they are."))
@json_option
def flash_command(serial_ports: tuple[str, ...], every: bool, firmware: str | None, keep_files: bool, as_json: bool) -> int:
    """One board's trouble stops no other."""
    from lovhe.apps import wiring

    boards = chosen_boards(serial_ports, every)
    say(N_("Flashing {n} board …", "Flashing {n} boards …", n=len(boards)))
    with progress_bars(boards) as progress:
        results = wiring.flash_boards(boards, firmware=firmware, keep_files=keep_files, progress=progress)
    if as_json:
        show_json([_as_object(result) for result in results])
    else:
        show_flash_results(results)
    return max((result.error.exit_code for result in results if result.error), default=0)


def chosen_boards(serial_ports: Sequence[str], every: bool) -> list[BoardInfo]:
    """The boards named, all, or the only one there is. Raises `NoBoardError` when there is none."""
    from lovhe.apps import wiring

    if every:
        return wiring.find_boards() or [wiring.choose_board(None)]  # which says what to do where there is none
    if not serial_ports and len(boards := wiring.find_boards()) > 1:
        raise InputError(
            N_("There is more than one board: {names}.", names=", ".join(board.name for board in boards)),
            N_("Give the names of those you mean, or --all."),
        )
    named = [wiring.choose_board(port) for port in serial_ports] or [wiring.choose_board(None)]
    return list({board.serial_port: board for board in named}.values())


@contextmanager
def progress_bars(boards: Sequence[BoardInfo]) -> Iterator[Progress]:
    """A bar a board where standard error is a terminal, else a line at each tenth board-wise step that matters: half and done."""
    if not sys.stderr.isatty():
        yield _progress_lines()
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn())
    with Bars(*columns, console=rich_console(err=True)) as bars:
        tasks = {board.serial_port: bars.add_task(board.name, total=None) for board in boards}

        def move(board: BoardInfo, done: int, total: int) -> None:
            bars.update(tasks[board.serial_port], completed=done, total=total)

        yield move


def _progress_lines() -> Progress:
    told: dict[str, int] = {}

    def tell(board: BoardInfo, done: int, total: int) -> None:
        quarter = done * 4 // total if total else 4
        if quarter > told.get(board.serial_port, 0):
            told[board.serial_port] = quarter
            say(N_("{board}: {percent} % written", board=board.name, percent=quarter * 25))

    return tell


def show_flash_results(results: Sequence[FlashResult]) -> None:
    """How each board's flash went: a table, then what to do about those that failed."""
    rows = []
    for result in results:
        outcome = f"{outcome_mark('passed')} {t(key('done'))}" if result.ok else f"{outcome_mark('failed')} {t(key('not done'))}"
        amounts = (f"{number(result.seconds, '.1f')} s", f"{result.written // 1024} KiB", f"{result.skipped // 1024} KiB")
        rows.append((result.board.name, result.board.serial_port, outcome, *amounts))
    headings = (key("Name"), key("Serial port"), key("Result"), key("Time"), key("Written"), key("Unchanged"))
    show_table(headings, rows)
    for result in results:
        if result.error:
            say(f"{result.board.name}: {t(result.error.what)}")
            say(result.error.next_step)


def _as_object(result: FlashResult) -> dict[str, object]:
    return {
        "name": result.board.name,
        "serial_port": result.board.serial_port,
        "chip": result.chip,
        "mac": result.mac,
        "ok": result.ok,
        "error": f"{t(result.error.what)} {t(result.error.next_step)}" if result.error else None,
        "seconds": round(result.seconds, 2),
        "written": result.written,
        "skipped": result.skipped,
    }
