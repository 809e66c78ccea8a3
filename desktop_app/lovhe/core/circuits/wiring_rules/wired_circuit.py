"""A circuit as the rules look at it: each wire with both its ends, and what sits in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from lovhe.core.circuits.hardware import Board, BoardPin, Circuit, CircuitPart, Part, PartPin
from lovhe.core.circuits.in_wire import NOTHING, InWire, read_in_wire

LOGIC_V = 3.3
"""What an output of the chip gives when it is high, and the supply called 3V3."""

OUTPUT_KINDS = ("analog-out", "digital-out")


class Wire(msgspec.Struct, frozen=True):
    """One wire: from `pin` of the part `placed` to `end` on the board."""

    placed: CircuitPart
    part: Part
    pin: PartPin
    end: BoardPin
    inside: InWire

    @property
    def words(self) -> dict[str, str]:
        """What sentences about this wire need."""
        return {"id": self.placed.id, "pin": self.pin.name, "board_pin": self.end.name}

    @property
    def is_switch(self) -> bool:
        """Whether the part only joins this wire to another one, as a button does."""
        return self.pin.kind == "passive" and bool(self.part.quantity)


class WiredCircuit:
    """The wires of a readable circuit, by part and by pin of the board."""

    def __init__(self, board: Board, parts: Mapping[str, Part], circuit: Circuit) -> None:
        self.board = board
        self.placed = [(placed, parts[placed.part]) for placed in circuit.part]
        ends = {pin.name: pin for pin in board.pin}
        self.wires = [
            Wire(placed, part, pin, ends[placed.wires[pin.name]], _inside(placed, pin.name))
            for placed, part in self.placed
            for pin in part.pin
            if pin.name in placed.wires
        ]

    def of(self, placed: CircuitPart) -> list[Wire]:
        """The wires of one part."""
        return [wire for wire in self.wires if wire.placed is placed]

    def others(self, wire: Wire) -> list[Wire]:
        """The other wires of the same part."""
        return [other for other in self.of(wire.placed) if other is not wire]

    def by_gpio(self) -> dict[int, list[Wire]]:
        """The wires that meet at each pin a program can use."""
        found: dict[int, list[Wire]] = {}
        for wire in self.wires:
            if wire.end.gpio is not None:
                found.setdefault(wire.end.gpio, []).append(wire)
        return found

    def supply_volts(self, placed: CircuitPart) -> float:
        """The highest supply that the part is fed from; 0 when there is none."""
        fed = [wire.end for wire in self.of(placed) if wire.pin.kind == "supply" and wire.end.kind == "supply"]
        return max((end.volts or 0.0 for end in fed), default=0.0)

    def given_volts(self, wire: Wire) -> float:
        """The volts that a part puts on this wire's board end when it is high; 0 where it never drives it up."""
        pin, supply = wire.pin, self.supply_volts(wire.placed)
        if pin.kind not in (*OUTPUT_KINDS, "data", "passive") or (pin.open_drain and not pin.pull_up):
            return 0.0
        if pin.kind == "passive":  # a switch passes on what its other wires carry, whatever feeds the rest of the part
            supply = max((other.end.volts or 0.0 for other in self.others(wire) if other.pin.kind == "passive"), default=0.0)
        return wire.inside.lowered(pin.high_v if pin.high_v is not None else supply, LOGIC_V)

    def has_pull(self, wires: Iterable[Wire]) -> bool:
        """Whether something outside the chip pulls the wire that these meet at to a level."""
        for wire in wires:
            if wire.inside.pull_up_ohm or wire.inside.pull_down_ohm or wire.inside.level_shifter:
                return True
            if wire.pin.pull_up and self.supply_volts(wire.placed) > 0:
                return True
        return False

    def free_pin(self) -> str:
        """A pin that can do what most parts need and that nothing is wired to: for "for example IO4"."""
        usual = self._free(lambda pin: {"out", "pull"} <= set(pin.can) and not {"adc1", "dac"} & set(pin.can))
        return next(usual, None) or next(self._free(lambda pin: {"out", "pull"} <= set(pin.can)), "IO4")

    def free_analog_pins(self) -> str:
        """The pins that measure a voltage reliably, as a list for a sentence."""
        return ", ".join(pin.name for pin in self.board.pin if "adc1" in pin.can and not pin.note) or "–"

    def _free(self, fits: Callable[[BoardPin], bool]) -> Iterator[str]:
        used = {wire.end.name for wire in self.wires}
        return (pin.name for pin in self.board.pin if pin.kind == "gpio" and not pin.note and pin.name not in used and fits(pin))


def _inside(placed: CircuitPart, pin: str) -> InWire:
    return read_in_wire(placed.through[pin]) or NOTHING if pin in placed.through else NOTHING
