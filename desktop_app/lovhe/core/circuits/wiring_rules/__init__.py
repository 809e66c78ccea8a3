"""The rules of wiring: each module looks at a circuit for one kind of trouble and says in words what is wrong, why, and what to do.

`names` comes first and alone: what cannot be read cannot be judged. A rule is a function from a `WiredCircuit` to `Finding`s.
"""

from __future__ import annotations

from collections.abc import Mapping

from lovhe.core.circuits.hardware import Board, Circuit, Part
from lovhe.core.circuits.wiring_rules import currents, names, pins, shared_wires, start_up, supplies, voltages
from lovhe.core.circuits.wiring_rules.finding import Finding
from lovhe.core.circuits.wiring_rules.wired_circuit import WiredCircuit

_RULES = (
    supplies.unwired,
    pins.not_for_parts,
    pins.cannot_do,
    supplies.no_power,
    supplies.short_circuit,
    supplies.wrong_voltage,
    voltages.too_high,
    voltages.too_low,
    pins.leads_nowhere,
    currents.wrong_resistor,
    currents.no_advised_resistor,
    currents.starved,
    currents.wrong_way_round,
    currents.too_much_from_a_pin,
    currents.coils,
    shared_wires.fighting_outputs,
    shared_wires.crowded,
    shared_wires.same_address,
    shared_wires.no_pull_up,
    supplies.too_much_in_all,
    start_up.strapping,
    shared_wires.needs_pull_in_program,
)


def circuit_findings(board: Board, parts: Mapping[str, Part], circuit: Circuit) -> list[Finding]:
    """All that is wrong, doubtful or worth knowing of a circuit, errors first."""
    unreadable = list(names.unknown(board, parts, circuit))
    if unreadable:
        return unreadable
    wired = WiredCircuit(board, parts, circuit)
    found = [finding for rule in _RULES for finding in rule(wired)]
    return sorted(found, key=lambda finding: finding.rank)
