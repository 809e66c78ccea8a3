"""What "on" means at each wire of a circuit, which judging and the questions to a student go by."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart, Part
from lovhe.core.circuits.wiring import wire_up

HARDWARE = Path(__file__).parents[3] / "hardware"
FED = {"VCC": "5V", "GND": "GND"}


def on_level(part_id: str, pin: str, wires: dict[str, str], **options: int) -> int:
    """The level at which a part of the kit is on at its wire `pin`."""
    board = msgspec.toml.decode((HARDWARE / "boards/esp32-devkitc.toml").read_bytes(), type=Board)
    part = msgspec.toml.decode((HARDWARE / f"parts/{part_id}.toml").read_bytes(), type=Part)
    wired = wire_up(board, {part_id: part}, Circuit(part=[CircuitPart("it", part_id, wires, {}, options)]))
    assert set(wired["it"].wires) == {name for name, end in wires.items() if end.startswith("IO")}
    return wired["it"].wires[pin].on_level


@pytest.mark.parametrize(
    ("part", "pin", "wires", "level"),
    [
        ("led", "anode", {"anode": "IO2", "cathode": "GND"}, 1),
        ("led", "cathode", {"anode": "3V3", "cathode": "IO2"}, 0),
        ("rgb-led", "G", {"R": "IO16", "G": "IO17", "B": "IO18", "cathode": "GND"}, 1),
        ("rgb-led-anode", "G", {"R": "IO16", "G": "IO17", "B": "IO18", "anode": "3V3"}, 0),
        ("button", "1", {"1": "IO4", "2": "GND"}, 0),
        ("button", "2", {"1": "3V3", "2": "IO4"}, 1),
        ("switch", "common", {"common": "IO4", "on": "3V3", "off": "GND"}, 1),
        ("switch", "common", {"common": "IO4", "on": "GND", "off": "3V3"}, 0),
        ("switch", "common", {"common": "IO4", "on": "GND"}, 0),
        ("joystick", "SW", {**FED, "VRx": "IO34", "VRy": "IO35", "SW": "IO4"}, 0),
        ("ir-obstacle", "OUT", {**FED, "OUT": "IO4"}, 0),
        ("sound-sensor", "DO", {**FED, "DO": "IO4"}, 0),
        ("hall-sensor", "OUT", {**FED, "OUT": "IO4"}, 0),
        ("pir", "OUT", {**FED, "OUT": "IO4"}, 1),
        ("relay", "IN", {**FED, "IN": "IO16"}, 0),
        ("servo", "SIG", {**FED, "SIG": "IO14"}, 1),
        ("active-buzzer", "+", {"+": "IO25", "-": "GND"}, 1),
    ],
)
def test_part_is_on_at_the_level_its_wiring_and_its_kind_ask_for(part: str, pin: str, wires: dict[str, str], level: int) -> None:
    """A part to ground at 1, one from the supply at 0; what senses at what it joins; modules that are active low at 0."""
    assert on_level(part, pin, wires) == level


@pytest.mark.parametrize(("part", "pin"), [("relay", "IN"), ("ir-obstacle", "OUT")])
def test_circuit_may_say_that_a_module_is_active_high(part: str, pin: str) -> None:
    """The option turns the meaning round."""
    assert on_level(part, pin, {**FED, pin: "IO4"}, active_low=0) == 1
