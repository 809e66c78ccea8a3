"""What a teacher takes out of the box for one board: parts, resistors and wires, counted from the circuit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from lovhe.core.circuits.hardware import Board, Circuit, Part
from lovhe.core.circuits.in_wire import InWire, read_in_wire
from lovhe.core.circuits.wiring_picture import ohm_words
from lovhe.core.messages import N_, Localized, Text


class NeededPart(msgspec.Struct, frozen=True):
    """Something that is needed, and how many of it."""

    name: Text
    count: int


def needed_parts(board: Board, parts: Mapping[str, Part], circuit: Circuit) -> list[NeededPart]:
    """First the board with its cable, then the circuit's parts, what sits in their wires, and the wires."""
    needed = [NeededPart(Localized(board.names), 1), NeededPart(N_("USB cable that carries data"), 1)]
    kinds = Counter(placed.part for placed in circuit.part if placed.part in parts)
    needed += [NeededPart(Localized(parts[kind].names), count) for kind, count in kinds.items()]
    inside = [read_in_wire(text) or InWire() for placed in circuit.part for pin, text in placed.through.items() if pin in placed.wires]
    resistors = Counter(ohm for wire in inside for ohm in _resistors(wire))
    needed += [NeededPart(N_("resistor {value}", value=ohm_words(ohm)), count) for ohm, count in sorted(resistors.items())]
    for name, count in (
        (N_("level shifter"), sum(wire.level_shifter for wire in inside)),
        (N_("transistor"), sum(wire.transistor for wire in inside)),
        (N_("diode"), sum(wire.diode for wire in inside)),
    ):
        needed += [NeededPart(name, count)] if count else []
    wires = sum(len(placed.wires) for placed in circuit.part)
    pulls = sum(bool(wire.pull_up_ohm) + bool(wire.pull_down_ohm) + (wire.divider is not None) for wire in inside)
    if wires:
        needed += [NeededPart(N_("breadboard"), 1), NeededPart(N_("wire"), wires + pulls)]
    return needed


def _resistors(wire: InWire) -> list[float]:
    ohms = [wire.series_ohm, wire.pull_up_ohm, wire.pull_down_ohm, *(wire.divider or ())]
    return [ohm for ohm in ohms if ohm]
