"""How the surroundings go during a step that swings or glides: which value comes when, the same each time."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from lovhe.core.amounts import parse_duration_ms
from lovhe.core.checks.check_steps import Glide, Step, Swing
from lovhe.core.circuits.hardware import Circuit, Part
from lovhe.core.circuits.surroundings import quantities, read_setting, show_value

GLIDE_EVERY_MS = 50
"""How often a value that glides is changed: sooner than a program can look at a sensor that takes its time."""


class Change(msgspec.Struct, frozen=True):
    """`at_ms` after the step's begin `part` is set to `value`."""

    at_ms: float
    part: str
    value: str


def course(step: Step, parts: Mapping[str, Part], circuit: Circuit) -> list[Change]:
    """All changes of the step's swing and glide, by time; the first ones at its very begin. Raises `InputError`s for unknown values."""
    delay_ms = parse_duration_ms(step.delay)
    changes: list[Change] = []
    if step.swing is not None:
        changes += _swing(step.swing, delay_ms)
    if step.glide is not None:
        changes += _glide(step.glide, delay_ms, parts, circuit)
    return sorted(changes, key=lambda change: change.at_ms)


def _swing(swing: Swing, delay_ms: float) -> list[Change]:
    each_ms = parse_duration_ms(swing.period) / len(swing.values)
    count = -(-delay_ms // each_ms)
    return [Change(turn * each_ms, swing.part, swing.values[turn % len(swing.values)]) for turn in range(int(count))]


def _glide(glide: Glide, delay_ms: float, parts: Mapping[str, Part], circuit: Circuit) -> list[Change]:
    begin = read_setting(parts, circuit, glide.part, glide.begin)
    end = read_setting(parts, circuit, glide.part, glide.to)
    quantity = quantities(parts, circuit)[f"{begin.part_id}.{begin.quantity_id}"]
    first, last = float(begin.value), float(end.value)
    count = max(int(delay_ms // GLIDE_EVERY_MS), 1)
    values = [round(first + (last - first) * turn / count, 3) for turn in range(count + 1)]
    at_ms = [min(turn * GLIDE_EVERY_MS, delay_ms) for turn in range(count)]
    return [Change(at, glide.part, show_value(quantity, value)) for at, value in zip([*at_ms, delay_ms - 1], values, strict=True)]
