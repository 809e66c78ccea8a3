"""A circuit for a list of parts: which pin of the board each goes to, and what sits in the wires, so that nothing comes to harm.

Nothing here knows single parts. Pins are tried in an order that keeps clear of those with a duty at start-up, then what may sit in a
wire is tried, and the rules of wiring say which is best.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from lovhe.core.circuits.hardware import Board, BoardPin, Circuit, CircuitPart, Part, PartPin
from lovhe.core.circuits.wiring_rules import circuit_findings
from lovhe.core.circuits.wiring_rules.finding import ERROR, WARNING
from lovhe.core.errors import HardwareError, InputError
from lovhe.core.messages import N_

_BUS = {"SCL": "IO22", "SDA": "IO21"}
_IN_WIRES = (
    "220 Ω",
    "330 Ω",
    "4.7 kΩ pull-up",
    "10 kΩ pull-up",
    "10 kΩ pull-down",
    "divider 1 kΩ + 2 kΩ",
    "level shifter",
    "transistor",
    "transistor, diode",
)
_RAILS = ("3V3", "5V")


def choose_circuit(board: Board, parts: Mapping[str, Part], wanted: Sequence[str]) -> Circuit:
    """A sound circuit on `board` with the parts of those ids. Raises `InputError`, or `HardwareError` if none is found."""
    circuit = Circuit(board=board.id)
    for part_id in wanted:
        part = parts.get(part_id)
        if part is None:
            raise InputError(
                N_("The kit has no part “{part}”.", part=part_id), N_("These are there: {parts}.", parts=", ".join(sorted(parts)))
            )
        circuit = _with_part(board, parts, circuit, part)
    errors = [finding for finding in circuit_findings(board, parts, circuit) if finding.severity == "error"]
    if errors:
        raise HardwareError(errors[0].what, errors[0].next_step)
    return circuit


def _with_part(board: Board, parts: Mapping[str, Part], circuit: Circuit, part: Part) -> Circuit:
    """`circuit` with one more part, wired as well as the rules of wiring can tell."""
    best: tuple[list[int], Circuit] | None = None
    for rail in _RAILS:
        found = _wired(board, parts, circuit, part, rail)
        if found is not None and (best is None or found[0] < best[0]):
            best = found
    if best is None:
        raise InputError(
            N_("The board has no free pins left for the part “{part}”.", part=part.id),
            N_("Take fewer parts, or another board with --board."),
        )
    return best[1]


def _wired(board: Board, parts: Mapping[str, Part], circuit: Circuit, part: Part, rail: str) -> tuple[list[int], Circuit] | None:
    wires: dict[str, str] = {}
    needed = [pin for pin in part.pin if not pin.optional]
    alone = any(pin.kind not in ("supply", "ground") and _fixed_end(part, pin, rail) is None for pin in needed)
    for pin in needed if alone else part.pin:
        end = _fixed_end(part, pin, rail) or next(_free_pins(board, circuit, pin, wires), None)
        if end is None:
            return None
        wires[pin.name] = end
    placed = CircuitPart(_part_id(circuit, part), part.id, wires)
    through: dict[str, str] = {}
    best = _judged(board, parts, circuit, placed)
    for name, end in wires.items():
        if end in (*_RAILS, "GND"):
            continue
        for inside in _IN_WIRES:
            tried = msgspec.structs.replace(placed, through=through | {name: inside})
            judged = _judged(board, parts, circuit, tried)
            if judged[0] < best[0]:
                best, through = judged, tried.through
    return best


def _judged(board: Board, parts: Mapping[str, Part], circuit: Circuit, placed: CircuitPart) -> tuple[list[int], Circuit]:
    """How many errors and warnings there are with the part, and the circuit."""
    whole = msgspec.structs.replace(circuit, part=[*circuit.part, placed])
    found = [finding.severity for finding in circuit_findings(board, parts, whole)]
    return [found.count(severity) for severity in (ERROR, WARNING)], whole


def _fixed_end(part: Part, pin: PartPin, rail: str) -> str | None:
    """Where a pin goes that needs no GPIO."""
    if pin.kind == "supply":
        return rail
    if pin.kind == "ground" or (pin.kind == "passive" and pin.name == "cathode"):
        return "GND"
    colours = any(other.name == "R" for other in part.pin)
    if colours and pin.name == "anode":
        return "3V3"
    two = [other for other in part.pin if not other.optional]
    return "GND" if len(two) == 2 and two[1] is pin and pin.kind == two[0].kind == "passive" else None


def _free_pins(board: Board, circuit: Circuit, pin: PartPin, wires: Mapping[str, str]) -> Iterator[str]:
    """The board's pins that can do what the part's pin needs and are not taken, quiet ones first; a bus is shared."""
    if pin.name in _BUS:
        yield from [placed.wires[pin.name] for placed in circuit.part if pin.name in placed.wires][:1]
    taken = {end for placed in board.with_own_parts(circuit).part for end in placed.wires.values()} | set(wires.values())
    quiet = [one for one in board.pin if one.gpio is not None and not one.note and not one.starts and one.name not in taken]
    for one in sorted(quiet, key=lambda one: _rank(one, pin)):
        if pin.kind != "analog-out" or "adc1" in one.can:
            yield one.name


def _rank(board_pin: BoardPin, pin: PartPin) -> tuple[bool, int, int]:
    """Pins that can only listen go to analog parts; those of the bus are kept for it."""
    listens_only = "out" not in board_pin.can
    liked = 0 if board_pin.name == _BUS.get(pin.name) else 2 if board_pin.name in _BUS.values() else 1
    return listens_only != (pin.kind == "analog-out"), liked, board_pin.gpio or 0


def _part_id(circuit: Circuit, part: Part) -> str:
    """The part's own name, with a number if it is there twice."""
    taken = {placed.id for placed in circuit.part}
    return next(name for name in (part.id, *(f"{part.id}-{number}" for number in range(2, 1000))) if name not in taken)
