"""Which kind of board a circuit is built on, when a user asks for another than the circuit was written for.

A circuit names the pins of its board, and programs name the same pins by number. So it may move to another board where every
one of its pins is there under the same name and can do what the part needs: then lesson and program hold as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from lovhe.core.circuits.hardware import Board, Circuit, Part
from lovhe.core.circuits.hardware_check import check_circuit
from lovhe.core.errors import HardwareError, InputError
from lovhe.core.messages import N_


def choose_board(boards: Mapping[str, Board], circuit_board: str, board_id: str = "", chip: str = "") -> Board:
    """The board `board_id`, else the circuit's own, unless `chip` asks for another chip: then the first board that has it.

    Raises: `HardwareError` for a board or chip the kit does not have, `InputError` where board and chip contradict each other.
    """
    if board_id and board_id not in boards:
        raise HardwareError(
            N_("The kit has no board “{board}”.", board=board_id), N_("Use one of these: {boards}.", boards=", ".join(boards))
        )
    board = boards[board_id or circuit_board]
    if not chip or board.chip == chip:
        return board
    fitting = [other for other in boards.values() if other.chip == chip]
    if not fitting:
        chips = ", ".join(dict.fromkeys(other.chip for other in boards.values()))
        raise HardwareError(N_("The kit has no board with the chip “{chip}”.", chip=chip), N_("Use one of these: {chips}.", chips=chips))
    if board_id:
        raise InputError(
            N_("The board “{board}” has the chip {found}, not {chip}.", board=board_id, found=board.chip, chip=chip),
            N_("Give either --board or --chip."),
        )
    return fitting[0]


def board_of(boards: Mapping[str, Board], circuit: Circuit, file: str) -> Board:
    """The board that the circuit in `file` names. Raises: `HardwareError` where the kit does not have it."""
    if circuit.board in boards:
        return boards[circuit.board]
    raise HardwareError(
        N_("{file}: the kit has no board “{board}”.", file=file, board=circuit.board),
        N_("Use one of these: {boards}.", boards=", ".join(boards)),
    )


def move_circuit(circuit: Circuit, board: Board, parts: Mapping[str, Part]) -> Circuit:
    """`circuit` on `board`, with the same pins. Raises: `HardwareError`, which names the first pin that does not fit."""
    if circuit.board == board.id:
        return circuit
    moved = msgspec.structs.replace(circuit, board=board.id)
    try:
        check_circuit(board, parts, moved)
    except HardwareError as problem:
        raise HardwareError(
            N_(
                "The circuit is made for the board “{wanted}” and does not fit the board “{board}”: {problem}",
                wanted=circuit.board,
                board=board.id,
                problem=problem.what,
            ),
            N_("Take a “{wanted}”: on a “{board}” the program would need other pin numbers, too.", wanted=circuit.board, board=board.id),
        ) from problem
    return moved
