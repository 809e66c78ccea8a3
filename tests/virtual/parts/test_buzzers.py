"""Active buzzers sound at their own tone whenever they have voltage; passive ones at the program's."""

from __future__ import annotations

from typing import Any

import pytest
from lovhe.core.circuits.hardware import CircuitPart

from tests.virtual.wired_harness import world_of

ACTIVE = CircuitPart("horn", "active-buzzer", {"+": "IO25", "-": "GND"})
FROM_SUPPLY = CircuitPart("horn", "active-buzzer", {"+": "3V3", "-": "IO25"})
WRONG_WAY = CircuitPart("horn", "active-buzzer", {"+": "GND", "-": "IO25"})
PASSIVE = CircuitPart("horn", "buzzer", {"+": "IO25", "-": "GND"})
HIGH = [[0, 25, "mode", "out", "none"], [0, 25, "level", 1]]
LOW = [[0, 25, "mode", "out", "none"], [0, 25, "level", 0]]
PWM = [[0, 25, "pwm", 440, 32768]]


@pytest.mark.parametrize(
    ("buzzer", "log", "tone_hz"),
    [
        (ACTIVE, HIGH, 2300),
        (ACTIVE, LOW, None),
        (ACTIVE, PWM, 2300),
        (FROM_SUPPLY, LOW, 2300),
        (FROM_SUPPLY, HIGH, None),
        (WRONG_WAY, HIGH, None),
        (PASSIVE, HIGH, None),
        (PASSIVE, PWM, 440),
    ],
)
def test_buzzer_sounds_as_its_kind_does(buzzer: CircuitPart, log: list[Any], tone_hz: float | None) -> None:
    """A level is enough for an active buzzer and silent on a passive one; PWM changes the tone of the passive one only."""
    world = world_of(buzzer)
    world.handle(["log", log])
    assert world.snapshot()["parts"]["horn"]["tone_hz"] == tone_hz
