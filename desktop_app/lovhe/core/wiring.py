"""A circuit's wires resolved to GPIO numbers, and what "on" means at each: all that judging needs to know of hardware."""

from __future__ import annotations

from collections.abc import Mapping

from lovhe.core.errors import LessonError
from lovhe.core.hardware import Board, BoardPin, Circuit, CircuitPart, Part
from lovhe.core.lesson import Wire, WiredPart
from lovhe.core.messages import N_


def wire_up(board: Board, parts: Mapping[str, Part], circuit: Circuit) -> dict[str, WiredPart]:
    """The circuit's parts by id. The circuit must have been checked: every name in it is known."""
    pins = {pin.name: pin for pin in board.pin}
    return {placed.id: WiredPart(placed.id, parts[placed.part], _wires(placed, parts[placed.part], pins)) for placed in circuit.part}


def find_wire(wired: Mapping[str, WiredPart], name: str) -> tuple[str, Wire]:
    """The part and the wire that `name` ("led", or "rgb.red" with a part's pin) means. Raises `LessonError`."""
    part_id, _, pin = name.partition(".")
    if part_id not in wired:
        raise LessonError(
            N_("The circuit has no part “{id}”.", id=part_id),
            N_("Use one of these ids: {ids}. Or add the part to [circuit].", ids=", ".join(wired) or "–"),
        )
    wires = wired[part_id].wires
    if not pin and len(wires) == 1:
        return part_id, next(iter(wires.values()))
    if pin in wires:
        return part_id, wires[pin]
    raise LessonError(
        N_("“{name}” does not say which pin of the part is meant.", name=name),
        N_("Write one of these: {names}.", names=", ".join(f"{part_id}.{pin}" for pin in wires) or "–"),
    )


def _wires(placed: CircuitPart, part: Part, pins: Mapping[str, BoardPin]) -> dict[str, Wire]:
    kinds = {pin.name: pin.kind for pin in part.pin}
    others = {pins[name].kind for name in placed.wires.values()}
    wires: dict[str, Wire] = {}
    for part_pin, board_pin in placed.wires.items():
        gpio = pins[board_pin].gpio
        if gpio is not None:
            wires[part_pin] = Wire(gpio, kinds[part_pin], _on_level(part, kinds[part_pin], others))
    return wires


def _on_level(part: Part, kind: str, others: set[str]) -> int:
    """The level at which a part is "on".

    A passive part between pin and ground gets its current from a high pin, one between supply and pin from a low one. What
    senses (a pressed button) joins the pin to its other end instead. Everything else is on at a high pin.
    """
    if kind != "passive":
        return 1
    to_supply = "supply" in others and "ground" not in others
    senses = bool(part.quantity)
    return int(to_supply == senses)
