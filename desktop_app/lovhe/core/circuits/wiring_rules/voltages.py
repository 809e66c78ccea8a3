"""Voltages: what is too high for a pin of the board, and what is too low to be read as 1."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.circuits.in_wire import through_example
from lovhe.core.circuits.wiring_rules.finding import ERROR, WARNING, Finding
from lovhe.core.circuits.wiring_rules.wired_circuit import LOGIC_V, Wire, WiredCircuit
from lovhe.core.messages import N_, Message

MAX_PIN_VOLTS = 3.6
"""What a pin of the ESP32, ESP32-S3 and ESP32-C3 bears. Source: their datasheets, "Absolute Maximum Ratings"."""

READS_HIGH_V = 0.75 * LOGIC_V
"""From so many volts on a pin surely reads 1. Source: ESP32 Series Datasheet, "DC Characteristics"."""


def too_high(circuit: WiredCircuit) -> Iterator[Finding]:
    """More than a pin of the board, or an input of a part, bears."""
    for wire in circuit.wires:
        bears = wire.pin.max_v
        if wire.end.gpio is not None and wire.end.note not in ("flash", "serial"):
            yield from _too_high_for_the_board(circuit, wire)
        elif wire.end.kind == "supply" and wire.pin.kind in ("digital-in", "data") and bears is not None and (wire.end.volts or 0) > bears:
            yield Finding(
                ERROR,
                "input-volts",
                N_("“{id}” has its pin “{pin}” at {board_pin}, and this pin bears {bears:g} V at most.", **wire.words, bears=bears),
                N_("Wire “{pin}” to {example}.", pin=wire.pin.name, example="3V3"),
            )


def _too_high_for_the_board(circuit: WiredCircuit, wire: Wire) -> Iterator[Finding]:
    volts = circuit.given_volts(wire)
    if volts > MAX_PIN_VOLTS:
        yield Finding(
            ERROR,
            "pin-volts",
            N_(
                "“{id}” would put {volts} V on {board_pin}, which bears 3.3 V.",
                id=wire.placed.id,
                volts=round(volts, 1),
                board_pin=wire.end.name,
            ),
            _how_to_lower(wire),
        )


def _how_to_lower(wire: Wire) -> Message:
    if wire.pin.kind == "passive":
        return N_("Wire it to 3V3 instead of 5V.")
    if wire.part.supply_v is not None and wire.part.supply_v[1] < 5 and wire.pin.high_v is None:
        return N_("Feed it from 3V3: then its pins give no more than that.")
    shifter = through_example(wire.pin.name, "level shifter")
    if wire.pin.kind == "data":
        example: Message = N_("a level shifter, `{example}`", example=shifter)
    else:
        example = N_("a divider, `{example}`", example=through_example(wire.pin.name, "divider 1 kΩ + 2 kΩ"))
    if not _runs_at_3v3(wire):
        return N_("Put this into that wire: {example}. A single resistor does not lower the voltage.", example=example)
    return N_("Feed it from 3V3, or put this into that wire: {example}. A single resistor does not lower the voltage.", example=example)


def _runs_at_3v3(wire: Wire) -> bool:
    return wire.part.supply_v is None or wire.part.supply_v[0] <= LOGIC_V


def too_low(circuit: WiredCircuit) -> Iterator[Finding]:
    """Levels that one side sends and the other may not take for 1."""
    for wire in circuit.wires:
        if wire.end.gpio is None or wire.inside.level_shifter or wire.inside.transistor:
            continue
        volts, divider = circuit.given_volts(wire), wire.inside.divider
        shifter = through_example(wire.pin.name, "level shifter")
        if volts > MAX_PIN_VOLTS:
            continue  # worse, and mended by the same thing
        if divider and wire.pin.kind == "data":
            yield Finding(
                WARNING,
                "divider-both-ways",
                N_(
                    "“{id}” has a divider in its wire “{pin}”, where both sides speak: the part may not understand the board.", **wire.words
                ),
                N_("Take a level shifter: `{example}`.", example=shifter),
            )
        elif divider and wire.pin.kind == "digital-out" and volts < READS_HIGH_V:
            yield Finding(
                WARNING,
                "level-low",
                N_(
                    "“{id}” gives only {volts:.1f} V at {board_pin} behind its divider, and a pin surely reads 1 from {least:.1f} V on.",
                    **wire.words,
                    volts=volts,
                    least=READS_HIGH_V,
                ),
                N_("Take a divider of 1 kΩ + 2 kΩ, which makes 3.3 V of 5 V; at 3V3 none is needed."),
            )
        elif wire.pin.reads_high is not None and (needs := wire.pin.reads_high * circuit.supply_volts(wire.placed)) > LOGIC_V:
            yield Finding(
                WARNING,
                "level-low",
                N_(
                    "“{id}” reads 1 at its pin “{pin}” from {needs:.1f} V on, and {board_pin} gives 3.3 V: "
                    "often it works, sometimes it does not.",
                    **wire.words,
                    needs=needs,
                ),
                N_("Put a level shifter into that wire, `{example}`, or feed the part from 3V3.", example=shifter)
                if _runs_at_3v3(wire)
                else N_("Put a level shifter into that wire: `{example}`.", example=shifter),
            )
