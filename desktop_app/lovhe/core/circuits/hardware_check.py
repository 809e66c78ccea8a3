"""Cross-checks of a circuit: would it work, and would it harm nothing, if a pupil built it just so?

Lessons are refused with a wrong circuit, and a virtual board does not start with one, so that nobody wires it for real. What is only
doubtful is told and let through; `lovhe board wiring` shows all of it. The rules stand in `wiring_rules`.
"""

from __future__ import annotations

from collections.abc import Mapping

from lovhe.core.circuits.hardware import Board, Circuit, Part
from lovhe.core.circuits.wiring_rules import circuit_findings
from lovhe.core.circuits.wiring_rules.finding import ERROR
from lovhe.core.errors import HardwareError


def check_circuit(board: Board, parts: Mapping[str, Part], circuit: Circuit) -> None:
    """Raise the first of `circuit_problems` as `HardwareError`; return when there is none."""
    for problem in circuit_problems(board, parts, circuit):
        raise problem


def circuit_problems(board: Board, parts: Mapping[str, Part], circuit: Circuit) -> list[HardwareError]:
    """All that is wrong with a circuit. What stops us from even reading it (unknown names) comes first and alone."""
    return [finding.as_error() for finding in circuit_findings(board, parts, circuit) if finding.severity == ERROR]
