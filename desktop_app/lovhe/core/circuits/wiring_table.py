"""A circuit as a table that one can build from: each wire's two ends, and what sits in it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from lovhe.core.circuits.hardware import Board, Circuit, Part


class TableRow(msgspec.Struct, frozen=True):
    """One wire. `in_wire` is in the author's words, "" for a bare wire; `board_pin` is "" where a pin may hang free.

    `printed` is what the board says at that pin, where that is another word than its name.
    """

    part: str
    kind: str
    pin: str
    in_wire: str
    board_pin: str
    printed: str = ""


def table_rows(board: Board, parts: Mapping[str, Part], circuit: Circuit) -> list[TableRow]:
    """The wires of a circuit in its own order, each part's in the order of its legs; names that nobody knows are shown as they are."""
    printed = {pin.name: pin.printed for pin in board.pin}
    rows = []
    for placed in circuit.part:
        known = [pin.name for pin in parts[placed.part].pin] if placed.part in parts else []
        for pin in dict.fromkeys([*known, *placed.wires]):
            end = placed.wires.get(pin, "")
            rows.append(TableRow(placed.id, placed.part, pin, placed.through.get(pin, ""), end, printed.get(end, "")))
    return rows
