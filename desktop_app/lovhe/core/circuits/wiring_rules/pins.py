"""Pins of the board that a part must not have, or that cannot do what the part needs of them."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.circuits.wiring_rules.finding import ERROR, WARNING, Finding
from lovhe.core.circuits.wiring_rules.wired_circuit import Wire, WiredCircuit
from lovhe.core.messages import N_, Message


def not_for_parts(circuit: WiredCircuit) -> Iterator[Finding]:
    """Pins that belong to the flash memory or the line to the computer, and those that are no pins for programs."""
    move = _move(circuit)
    for wire in circuit.wires:
        if wire.end.note == "flash":
            yield Finding(
                ERROR,
                "flash-pin",
                N_(
                    "“{id}” is wired to {board_pin}, where the board's own flash memory sits: the board would not start.",
                    **wire.words,
                ),
                move,
            )
        elif wire.end.note == "serial":
            yield Finding(
                ERROR,
                "serial-pin",
                N_("“{id}” is wired to {board_pin}, which the board needs to talk to the computer.", **wire.words),
                move,
            )
        elif wire.end.note == "usb":
            yield Finding(
                ERROR,
                "usb-pin",
                N_("“{id}” is wired to {board_pin}, which belongs to the board's USB socket.", **wire.words),
                move,
            )
        elif wire.end.kind == "control":
            yield Finding(
                ERROR,
                "control-pin",
                N_("“{id}” is wired to {board_pin}, which no program can use.", **wire.words),
                move,
            )


def cannot_do(circuit: WiredCircuit) -> Iterator[Finding]:
    """Pins that only read, do not measure, or have no pull-up, where the part needs that."""
    for wire in circuit.wires:
        if wire.end.gpio is not None and wire.end.note not in ("flash", "serial", "usb"):
            yield from _lacking(circuit, wire)


def _lacking(circuit: WiredCircuit, wire: Wire) -> Iterator[Finding]:
    abilities, kind = wire.end.can, wire.pin.kind
    if (kind in ("digital-in", "data") or (kind == "passive" and not wire.part.quantity)) and "out" not in abilities:
        yield Finding(
            ERROR,
            "input-only",
            N_("“{id}” has its pin “{pin}” at {board_pin}, which can only read: a program cannot switch it.", **wire.words),
            N_("Move it to a pin that can be an output, for example {example}.", example=circuit.free_pin()),
        )
    elif kind == "analog-out" and "adc2" in abilities:
        yield Finding(
            WARNING,
            "adc2",
            N_("“{id}” gives a voltage at its pin “{pin}”, and {board_pin} cannot measure one while Wi-Fi is on.", **wire.words),
            N_("Without Wi-Fi it works; else move it to a pin of ADC1: {pins}.", pins=circuit.free_analog_pins()),
        )
    elif kind == "analog-out" and "adc1" not in abilities:
        yield Finding(
            ERROR,
            "not-adc1",
            N_("“{id}” gives a voltage at its pin “{pin}”, and {board_pin} cannot measure one.", **wire.words),
            N_("Move it to a pin of ADC1: {pins}.", pins=circuit.free_analog_pins()),
        )
    elif (
        wire.is_switch
        and "pull" not in abilities
        and not (_always_driven(circuit, wire) or circuit.has_pull(circuit.by_gpio()[wire.end.gpio or 0]))
    ):
        yield Finding(
            ERROR,
            "no-pull",
            N_(
                "“{id}” is wired to {board_pin}, which has no pull-up inside: it would read by chance while nothing is pressed.",
                **wire.words,
            ),
            N_("Move it to a pin with a pull-up, for example {example}.", example=circuit.free_pin()),
        )


def _always_driven(circuit: WiredCircuit, wire: Wire) -> bool:
    """Whether the wire is a switch's that leads to a supply in one position and to ground in the other."""
    return {"supply", "ground"} <= {other.end.kind for other in circuit.others(wire) if other.pin.kind == "passive"}


def leads_nowhere(circuit: WiredCircuit) -> Iterator[Finding]:
    """Parts that no program can reach, and parts with two legs in one hole."""
    for placed, _ in circuit.placed:
        wires = circuit.of(placed)
        rails = [wire.end.name for wire in wires if wire.end.gpio is None and wire.pin.kind not in ("passive", *_OUTPUTS)]
        used = [wire.end.name for wire in wires if wire.end.name not in rails]
        if wires and all(wire.end.gpio is None for wire in wires):
            yield Finding(
                ERROR,
                "no-gpio",
                N_("No wire of “{id}” goes to a pin that a program can use.", id=placed.id),
                N_("Wire one of its pins to a pin with a number, for example {example}.", example=circuit.free_pin()),
            )
        elif len(set(used)) < len(used):
            yield Finding(
                ERROR,
                "same-pin",
                N_("Two pins of “{id}” are wired to the same pin of the board, so it can do nothing.", id=placed.id),
                N_("Wire each of its pins to another pin of the board."),
            )


_OUTPUTS = ("analog-out", "digital-out", "data")


def _move(circuit: WiredCircuit) -> Message:
    return N_("Move it to another pin, for example {example}.", example=circuit.free_pin())
