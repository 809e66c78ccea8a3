"""Strapping pins: what the chip reads at them when it starts, and what a part there may make of it."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.circuits.wiring_rules.finding import NOTE, WARNING, Finding
from lovhe.core.circuits.wiring_rules.wired_circuit import OUTPUT_KINDS, Wire, WiredCircuit
from lovhe.core.messages import N_

_OTHER = {"high": "low", "low": "high"}


def strapping(circuit: WiredCircuit) -> Iterator[Finding]:
    """Parts that can give a strapping pin the level at which the chip does not start or cannot be flashed."""
    for wire in circuit.wires:
        if wire.end.note != "strapping" or wire.end.starts not in _OTHER:
            continue
        wrong = _OTHER[wire.end.starts]
        next_step = N_("Move it to another pin, for example {example}.", example=circuit.free_pin())
        if wire.is_switch and wrong in _other_ends(circuit, wire):
            yield Finding(
                NOTE,
                "strapping",
                N_(
                    "“{id}” is at {board_pin}, which must not be {level} when the board starts: nobody may hold it down or on then.",
                    **wire.words,
                    level=_word(wrong),
                ),
                next_step,
            )
        elif wrong in _levels(circuit, wire):
            yield Finding(
                WARNING,
                "strapping",
                N_(
                    "“{id}” can make {board_pin} {level}, and then the board does not start or cannot be flashed.",
                    **wire.words,
                    level=_word(wrong),
                ),
                next_step,
            )


def _word(level: str) -> str:
    return {"high": "1", "low": "0"}[level]


def _other_ends(circuit: WiredCircuit, wire: Wire) -> set[str]:
    """Levels of the supplies that the part's other wires go to."""
    return {{"supply": "high", "ground": "low"}[other.end.kind] for other in circuit.others(wire) if other.end.kind in ("supply", "ground")}


def _levels(circuit: WiredCircuit, wire: Wire) -> set[str]:
    """The levels that a wire may have while no program runs."""
    levels: set[str] = set()
    if wire.inside.pull_up_ohm or wire.inside.level_shifter or (wire.pin.pull_up and circuit.supply_volts(wire.placed)):
        levels.add("high")
    if wire.inside.pull_down_ohm or wire.inside.divider or wire.inside.transistor:
        levels.add("low")
    if wire.pin.kind in OUTPUT_KINDS:
        levels |= {"low"} if wire.pin.open_drain else {"high", "low"}
    if wire.pin.kind == "passive" and not wire.part.quantity and not wire.inside.transistor:
        levels |= _other_ends(circuit, wire)
    return levels
