"""The voltages of a circuit: what a closed or opened switch changes, and what it leaves alone."""

from __future__ import annotations

import pytest
from lovhe.core.circuits.hardware import Circuit, CircuitPart
from lovhe.virtual.surroundings.wires import Wires

from tests.virtual.wired_harness import BOARD, part, placed


def _wires(*parts: CircuitPart) -> Wires:
    return Wires(BOARD, {one.part: part(one.part) for one in parts}, Circuit(part=list(parts)), seed=1)


def _push(wires: Wires, state: str) -> None:
    wires.models["button"].values["state"] = state
    wires.models["button"].on_set("state")
    wires.part_changed("button")


@pytest.mark.parametrize("rail", ["3V3", "GND"])
def test_a_switch_to_a_supply_takes_no_power_from_other_parts(rail: str) -> None:
    """A display that has been set up keeps what it shows when somebody presses a button beside it."""
    wires = _wires(placed("oled", "ssd1306", {"SCL": "IO22", "SDA": "IO21"}), CircuitPart("button", "button", {"1": "IO4", "2": rail}))
    display = wires.models["oled"]
    assert display.on_i2c(0x3C, b"\x00\x8d\x14\xaf", 0) == b""
    assert display.state()["on"]
    for state in ("pressed", "released", "pressed"):
        _push(wires, state)
        assert display.state()["on"]
        assert wires.level_at(22) == 1  # and its module pulls the bus up still


def test_a_switch_joins_and_parts_what_it_leads_to() -> None:
    """The pin reads the supply while the button is pressed, and afterwards what the LED leads to; the LED is told."""
    wires = _wires(
        CircuitPart("button", "button", {"1": "IO4", "2": "3V3"}),
        CircuitPart("led", "led", {"anode": "IO4", "cathode": "GND"}, {"anode": "220 Ω"}),
    )
    seen = []
    for state in ("pressed", "released", "pressed", "released"):
        _push(wires, state)
        seen.append((wires.level_at(4), wires.models["led"].state()["on"]))
    assert seen == [(1, True), (0, False), (1, True), (0, False)]
