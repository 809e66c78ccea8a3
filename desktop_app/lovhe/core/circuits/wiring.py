"""A circuit's wires resolved to GPIO numbers, and what "on" means at each: all that judging needs to know of hardware."""

from __future__ import annotations

from collections.abc import Mapping

from lovhe.core.circuits.hardware import Board, BoardPin, Circuit, CircuitPart, Part, PartPin
from lovhe.core.errors import LessonError
from lovhe.core.lessons.lesson import Wire, WiredPart
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
    ends = {part_pin: pins[board_pin] for part_pin, board_pin in placed.wires.items()}
    return {
        pin.name: Wire(gpio, pin.kind, _on_level(placed, part, pin, ends))
        for pin in part.pin
        if pin.name in ends and (gpio := ends[pin.name].gpio) is not None
    }


def _on_level(placed: CircuitPart, part: Part, pin: PartPin, ends: Mapping[str, BoardPin]) -> int:
    """The level at which a part is "on".

    A passive part between pin and ground gets its current from a high pin, one between supply and pin from a low one. What
    senses (a pressed button) joins the pin to its other end instead; of a switch with two outer pins that is the one called
    as its last position. A part that is `active_low`, and an output that only pulls down, are on at a low pin; everything else
    is on at a high one.
    """
    if pin.kind != "passive":
        pulls_down = pin.kind == "digital-out" and pin.open_drain
        return int(not placed.options.get("active_low", part.options.get("active_low", pulls_down)))
    kinds = {end.kind for end in ends.values()}
    to_supply = "supply" in kinds and "ground" not in kinds
    if not part.quantity:
        return int(not to_supply)
    joined = ends.get(part.quantity[0].values[-1]) if part.quantity[0].values else None
    return int(to_supply if joined is None else joined.kind == "supply")
