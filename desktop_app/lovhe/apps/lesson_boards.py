"""Virtual boards with a lesson's circuit that are ready for programs at once, and end with the program that started them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lovhe.core.errors import HardwareError, InputError

if TYPE_CHECKING:
    from lovhe.services.ports import BoardInfo

_DESK = "desk"


def refuse_without_interpreter() -> None:
    """Raise `UnavailableError` where this PC cannot run virtual boards."""
    from lovhe.virtual.interpreter.unix_engine import interpreter_library

    interpreter_library()


def start_lesson_board(lesson_id: str, kind: str = "") -> BoardInfo:
    """A virtual board with the lesson's circuit, freshly flashed; it ends with this process.

    It is a board of that `kind`, where the lesson's circuit fits it, else the lesson's own. It is called by the first free one of desk-1,
    desk-2 … Blocks some seconds. Raises `LovheError`s.
    """
    from lovhe.apps import wiring
    from lovhe.apps.virtual_processes import ServeOptions, start_boards
    from lovhe.virtual.process.registry import list_boards

    # on a PTY nothing has to be unwrapped byte by byte
    options = ServeOptions(lesson=lesson_id, board=_fitting(lesson_id, kind), endpoint="pty", flashed=True)
    number = 1
    while True:
        name = f"{_DESK}-{number}"
        number += 1
        if _runs(name):
            continue
        try:
            [started] = start_boards([name], options, tied=True)
        except InputError:
            if _runs(name):  # another window was faster
                continue
            raise
        entry = next((entry for entry in list_boards() if entry.pid == started.pid), started)
        return wiring.board_info(entry)


def _fitting(lesson_id: str, kind: str) -> str:
    """`kind`, or "" where the kit has none of that name, or the lesson needs pins that it has not."""
    from lovhe.apps import wiring
    from lovhe.core.boards.choice import move_circuit

    kit = wiring.kit()
    board = kit.boards().get(kind)
    if board is None:
        return ""
    try:
        return move_circuit(kit.lesson(lesson_id).file.circuit, board, kit.parts()).board
    except HardwareError:
        return ""


def _runs(name: str) -> bool:
    from lovhe.virtual.process.registry import list_boards

    return any(entry.name == name for entry in list_boards())
