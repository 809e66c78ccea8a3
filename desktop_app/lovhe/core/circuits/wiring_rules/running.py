"""What a board that runs shows of its circuit now: pins that fight each other, and switches whose pin nobody pulls.

The rules beside this one see what could happen; this one sees what a program and the surroundings have made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lovhe.core.circuits.hardware import Board, Circuit, Part
from lovhe.core.circuits.wiring_rules.finding import ERROR, WARNING, Finding
from lovhe.core.circuits.wiring_rules.shared_wires import pull_needed
from lovhe.core.circuits.wiring_rules.wired_circuit import WiredCircuit
from lovhe.core.messages import N_, Message


def findings_now(board: Board, parts: Mapping[str, Part], circuit: Circuit, snapshot: Mapping[str, Any]) -> list[Finding]:
    """What is wrong at this moment, from a board's `World.snapshot`. The circuit must be readable."""
    wired = WiredCircuit(board, parts, circuit)
    return [*_shorts(wired, snapshot), *_floating(wired, snapshot)]


def _shorts(circuit: WiredCircuit, snapshot: Mapping[str, Any]) -> Iterator[Finding]:
    kinds = {pin.name: pin.kind for pin in circuit.board.pin}
    for names in snapshot.get("shorts", []):
        between = [
            placed.id
            for placed, _ in circuit.placed
            if len({wire.end.name for wire in circuit.of(placed) if wire.pin.kind == "passive" and wire.end.name in names}) > 1
        ]
        fixed = [name for name in names if kinds.get(name) in ("supply", "ground")]
        outputs = [name for name in names if name not in fixed]
        yield Finding(
            ERROR,
            "short-now",
            _short(", ".join(outputs), ", ".join(fixed), ", ".join(between)),
            N_("On a real board, pull the USB cable now. Then make that pin an input in the program, or give one of them another pin."),
        )


def _short(outputs: str, fixed: str, between: str) -> Message:
    if fixed and between:
        return N_(
            "Now: the program drives {outputs} against {fixed}, joined by “{between}”: a short circuit, which can destroy the pin.",
            outputs=outputs,
            fixed=fixed,
            between=between,
        )
    if between:
        return N_(
            "Now: {outputs} drive against each other, joined by “{between}”: a short circuit, which can destroy the pins.",
            outputs=outputs,
            between=between,
        )
    return N_(
        "Now: the program drives {outputs} against what is wired there: a short circuit, which can destroy the pin.",
        outputs=outputs or fixed,
    )


def _floating(circuit: WiredCircuit, snapshot: Mapping[str, Any]) -> Iterator[Finding]:
    pins = snapshot.get("pins", {})
    for gpio, wires in circuit.by_gpio().items():
        state = pins.get(str(gpio), {})
        if state.get("mode") != "in" or state.get("pull") != "none" or circuit.has_pull(wires):
            continue
        for wire in wires:
            if pull := pull_needed(circuit, wire):
                yield Finding(
                    WARNING,
                    "floating-now",
                    N_(
                        "Now: the program reads {board_pin} without {pull}: while “{id}” does nothing, it reads by chance.",
                        **wire.words,
                        pull=pull,
                    ),
                    N_("Write in the program: {line}", line=f"Pin({wire.end.gpio}, Pin.IN, Pin.{pull})"),
                )
