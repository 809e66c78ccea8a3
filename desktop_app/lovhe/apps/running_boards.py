"""What commands ask of running virtual boards, over their control servers: wiring, surroundings, faults."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from lovhe.core.boards.choice import board_of
from lovhe.core.boards.fault_words import Fault, read_faults
from lovhe.core.circuits.wiring_picture import WiringPicture, wiring_picture
from lovhe.core.circuits.wiring_rules import circuit_findings
from lovhe.core.circuits.wiring_rules.finding import WARNING, Finding
from lovhe.core.circuits.wiring_rules.running import findings_now
from lovhe.core.circuits.wiring_table import TableRow, table_rows
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Message


class Wiring(msgspec.Struct, frozen=True):
    """A circuit as `lovhe board wiring` shows it: the kind of board, its wires, what is wrong or doubtful, and how it is drawn."""

    board: str
    rows: list[TableRow]
    findings: list[Finding]
    picture: WiringPicture


def only_virtual_board(if_more: Message) -> str:
    """The name of the only virtual board that runs. Raises `InputError` where there is none or more than one, with `if_more`."""
    from lovhe.virtual.process.registry import list_boards

    names = [entry.name for entry in list_boards() if entry.serial_port]
    if len(names) == 1:
        return names[0]
    if not names:
        raise InputError(N_("No virtual board is running."), N_("`lovhe board start` starts one."))
    raise InputError(N_("More than one virtual board is running: {names}.", names=", ".join(names)), if_more)


def look_at_wiring(*, name: str | None, lesson: str | None, circuit: Path | None) -> Wiring:
    """The wiring of a running board, a lesson or a circuit's file. Raises `LovheError`s for what is not there or cannot be read."""
    from lovhe.apps import wiring
    from lovhe.virtual.process.control import BoardControl
    from lovhe.virtual.process.registry import find_board

    boards, parts = wiring.kit().boards(), wiring.kit().parts()
    if name is None:
        looked_at = wiring.kit().lesson(lesson).file.circuit if lesson is not None else wiring.kit().circuit(circuit or Path())
        board = board_of(boards, looked_at, circuit.name if circuit is not None else "[circuit]")
        found = circuit_findings(board, parts, looked_at)
        return Wiring(board.id, table_rows(board, parts, looked_at), found, wiring_picture(board, parts, looked_at))
    entry = find_board(name)
    with BoardControl(entry.control, entry.authkey) as running:
        looked_at, snapshot = running.circuit(), running.snapshot()
    board = boards[looked_at.board]
    now = findings_now(board, parts, looked_at, snapshot)
    found = sorted([*now, *circuit_findings(board, parts, looked_at)], key=lambda finding: finding.rank)
    return Wiring(board.id, table_rows(board, parts, looked_at), found, wiring_picture(board, parts, looked_at))


def warnings_of(name: str) -> list[Finding]:
    """What is doubtful with the circuit of a running board."""
    return [finding for finding in look_at_wiring(name=name, lesson=None, circuit=None).findings if finding.severity == WARNING]


def change_faults(name: str, words: Sequence[str], seed: int | None, clear: bool) -> tuple[list[Fault], list[Fault]]:
    """Let faults happen or end; those of this order, and all that are armed now. Raises `InputError`, with nothing changed."""
    from lovhe.virtual.chip.chip_registers import CHIP_MODELS
    from lovhe.virtual.process.control import BoardControl
    from lovhe.virtual.process.registry import find_board

    entry = find_board(name)
    ordered = read_faults(words, [chip for chip in CHIP_MODELS if chip != entry.chip])
    with BoardControl(entry.control, entry.authkey) as board:
        if ordered or clear or seed is not None:
            return ordered, board.order_faults(ordered, seed, clear)
        return [], board.faults()


def press_reset(name: str) -> None:
    """Press a virtual board's RESET button: a program that does not listen ends with that. Raises `BoardError`s."""
    from lovhe.virtual.process.control import BoardControl
    from lovhe.virtual.process.registry import find_board

    entry = find_board(name)
    with BoardControl(entry.control, entry.authkey) as board:
        board.press_reset()
