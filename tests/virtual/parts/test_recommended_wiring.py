"""Each simple part, wired as its file says, passes the rules of wiring; each of the mistakes that its file warns of is told."""

from __future__ import annotations

import pytest
from lovhe.core.circuits.hardware import Circuit, CircuitPart
from lovhe.core.circuits.wiring_rules import circuit_findings
from lovhe.virtual.surroundings.world import World

from tests.virtual.wired_harness import BOARD, part

AT_3V3, AT_5V = {"VCC": "3V3", "GND": "GND"}, {"VCC": "5V", "GND": "GND"}
COLOURS = {"R": "IO16", "G": "IO17", "B": "IO18"}
RESISTORS = dict.fromkeys("RGB", "220 Ω")
CHAIN = {"VDD": "5V", "GND": "GND", "DIN": "IO13"}
STICK = {"VRx": "IO34", "VRy": "IO35", "SW": "IO4"}
RELAY = AT_5V | {"IN": "IO16"}
L9110 = {"GND": "GND", "A-IA": "IO16", "A-IB": "IO17"}


def placed(name: str, wires: dict[str, str], **through: str) -> CircuitPart:
    """A part of the kit in a circuit of its own."""
    return CircuitPart("it", name, wires, through)


def rules(circuit_part: CircuitPart, *severities: str) -> set[str]:
    """The rules that the circuit of this part breaks, with these severities."""
    found = circuit_findings(BOARD, {circuit_part.part: part(circuit_part.part)}, Circuit(part=[circuit_part]))
    return {finding.rule for finding in found if finding.severity in severities}


@pytest.mark.parametrize(
    "wired",
    [
        placed("rgb-led", COLOURS | {"cathode": "GND"}, **RESISTORS),
        placed("rgb-led", {"R": "IO16", "cathode": "GND"}, R="220 Ω"),
        placed("rgb-led-anode", COLOURS | {"anode": "3V3"}, **RESISTORS),
        placed("neopixel-strip", CHAIN, DIN="level shifter"),
        placed("switch", {"common": "IO4", "on": "3V3", "off": "GND"}),
        placed("switch", {"common": "IO34", "on": "3V3", "off": "GND"}),
        placed("switch", {"common": "IO4", "on": "GND"}),
        placed("joystick", AT_3V3 | STICK),
        placed("soil-moisture", AT_3V3 | {"AOUT": "IO34"}),
        placed("soil-moisture", AT_5V | {"AOUT": "IO34"}),
        placed("thermistor", AT_3V3 | {"AO": "IO34"}),
        placed("sound-sensor", AT_3V3 | {"AO": "IO34", "DO": "IO4"}),
        placed("hall-sensor", AT_5V | {"OUT": "IO4"}),
        placed("hall-sensor-analog", AT_3V3 | {"OUT": "IO34"}),
        placed("ir-obstacle", AT_3V3 | {"OUT": "IO4"}),
        placed("pir", AT_5V | {"OUT": "IO4"}),
        placed("servo", AT_5V | {"SIG": "IO14"}),
        placed("motor-l298n", {"GND": "GND", "IN1": "IO16", "IN2": "IO17", "ENA": "IO18"}),
        placed("motor-l9110", L9110),
        placed("relay", RELAY),
        placed("relay", RELAY | {"COM": "3V3", "NO": "IO5"}),
        CircuitPart("it", "active-buzzer", {"+": "IO25", "-": "GND"}, {"+": "transistor"}),
        CircuitPart("it", "buzzer", {"+": "IO25", "-": "GND"}, {"+": "220 Ω"}),
        CircuitPart("it", "buzzer", {"+": "3V3", "-": "IO25"}, {"-": "220 Ω"}),
    ],
)
def test_part_wired_as_its_file_says_is_not_found_fault_with(wired: CircuitPart) -> None:
    """Nothing is wrong or doubtful, and a board with it can be made."""
    assert rules(wired, "error", "warning") == set()
    assert World(BOARD, {wired.part: part(wired.part)}, Circuit(part=[wired])).initial_messages()


@pytest.mark.parametrize(
    ("wired", "rule"),
    [
        (placed("rgb-led", COLOURS | {"cathode": "GND"}), "series-resistor"),
        (placed("rgb-led", COLOURS | {"cathode": "GND"}, cathode="220 Ω"), "shared-resistor"),
        (placed("neopixel-strip", CHAIN), "level-low"),
        (placed("neopixel-strip", CHAIN | {"VDD": "3V3"}), "supply-volts"),
        (CircuitPart("it", "neopixel-strip", CHAIN, {"DIN": "level shifter"}, {"leds": 60}), "rail-current"),
        (placed("joystick", AT_5V | STICK), "pin-volts"),
        (placed("switch", {"common": "IO4"}), "unwired"),
        (placed("switch", {"common": "IO34", "on": "GND"}), "no-pull"),
        (placed("sound-sensor", AT_5V | {"DO": "IO4"}), "pin-volts"),
        (placed("hall-sensor", AT_3V3 | {"OUT": "IO4"}), "supply-volts"),
        (placed("pir", AT_3V3 | {"OUT": "IO4"}), "supply-volts"),
        (placed("servo", AT_3V3 | {"SIG": "IO14"}), "motor-at-3v3"),
        (placed("servo", {"VCC": "IO5", "GND": "GND", "SIG": "IO14"}), "fed-from-pin"),
        (placed("motor-l9110", L9110 | {"VCC": "3V3"}), "motor-at-3v3"),
        (placed("motor-l9110", {"A-IA": "IO16", "A-IB": "IO17"}), "unwired"),
        (placed("relay", RELAY | {"VCC": "3V3"}), "motor-at-3v3"),
        (placed("thermistor", AT_3V3 | {"AO": "IO25"}), "adc2"),
        (placed("thermistor", AT_3V3 | {"AO": "IO23"}), "not-adc1"),
        (placed("active-buzzer", {"+": "IO25", "-": "GND"}), "pin-current"),
        (CircuitPart("it", "active-buzzer", {"+": "IO25", "-": "GND"}, {"+": "220 Ω"}), "starved"),
        (placed("buzzer", {"+": "IO25", "-": "GND"}), "series-resistor"),
        (placed("buzzer", {"+": "3V3", "-": "IO25"}), "series-resistor"),
    ],
)
def test_mistakes_that_a_file_warns_of_are_told(wired: CircuitPart, rule: str) -> None:
    """What would harm the part or the board, or would not work, is named by its rule."""
    assert rule in rules(wired, "error", "warning")
