"""A circuit for each part of the kit, wired as its file says, and what may go wrong with it on a table."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from lovhe.adapters.board_link import ReplLink
from lovhe.apps import wiring
from lovhe.core.checks.report import CheckReport, Report
from lovhe.core.circuits.hardware import Circuit, CircuitPart
from lovhe.core.circuits.part_tests import PartTrial, part_trials
from lovhe.core.lessons.lesson import Lesson
from lovhe.services.board_testing import check_parts
from lovhe.virtual.board import BoardPlan
from lovhe.virtual.local_board import LocalBoard

AT_3V3, AT_5V = {"VCC": "3V3", "GND": "GND"}, {"VCC": "5V", "GND": "GND"}
BUS = {"SCL": "IO22", "SDA": "IO21"}
SHIFTED = {"SCL": "level shifter", "SDA": "level shifter"}
ROWS = dict(zip(("R1", "R2", "R3", "R4"), ("IO13", "IO14", "IO27", "IO26"), strict=True))
COLUMNS = dict(zip(("C1", "C2", "C3", "C4"), ("IO25", "IO33", "IO32", "IO4"), strict=True))
COLOURS = {"R": "IO16", "G": "IO17", "B": "IO18"}
PIXELS = {"VDD": "5V", "GND": "GND", "DIN": "IO13"}


def _placed(part: str, wires: dict[str, str], through: dict[str, str] | None = None, **options: int) -> CircuitPart:
    return CircuitPart("thing", part, wires, through or {}, options)


PLACED = [
    _placed("active-buzzer", {"+": "IO25", "-": "GND"}, {"+": "transistor"}),
    _placed("bh1750", AT_3V3 | BUS),
    _placed("bme280", AT_3V3 | BUS, address=0x77),
    _placed("bmp280", AT_3V3 | BUS),
    _placed("button", {"1": "IO4", "2": "GND"}),
    _placed("buzzer", {"+": "IO25", "-": "GND"}, {"+": "220 Ω"}),
    _placed("dht11", AT_3V3 | {"DATA": "IO4"}),
    _placed("dht22", AT_3V3 | {"DATA": "IO4"}),
    _placed("ds18b20", AT_3V3 | {"DQ": "IO4"}, {"DQ": "4.7 kΩ pull-up"}),
    _placed("hall-sensor-analog", AT_3V3 | {"OUT": "IO34"}),
    _placed("hall-sensor", AT_5V | {"OUT": "IO4"}),
    _placed("hc-sr04", AT_5V | {"TRIG": "IO5", "ECHO": "IO18"}, {"ECHO": "divider 1 kΩ + 2 kΩ"}),
    _placed("ir-obstacle", AT_3V3 | {"OUT": "IO4"}),
    _placed("joystick", AT_3V3 | {"VRx": "IO34", "VRy": "IO35", "SW": "IO4"}),
    _placed("keypad", ROWS | COLUMNS),
    _placed("lcd1602", AT_5V | BUS, SHIFTED),
    _placed("lcd2004", AT_5V | BUS, SHIFTED, address=0x3F),
    _placed("led", {"anode": "IO2", "cathode": "GND"}, {"anode": "220 Ω"}),
    _placed("light-sensor", AT_3V3 | {"AO": "IO34"}),
    _placed("motor-l298n", {"GND": "GND", "IN1": "IO16", "IN2": "IO17", "ENA": "IO18"}),
    _placed("motor-l9110", {"GND": "GND", "A-IA": "IO16", "A-IB": "IO17"}),
    _placed("mpu6050", AT_3V3 | BUS),
    _placed("neopixel-ring", PIXELS, {"DIN": "330 Ω"}),
    _placed("neopixel-strip", PIXELS, {"DIN": "level shifter"}, leds=5),
    _placed("pir", AT_5V | {"OUT": "IO4"}),
    _placed("potentiometer", AT_3V3 | {"OUT": "IO34"}),
    _placed("relay", AT_5V | {"IN": "IO16"}),
    _placed("rgb-led-anode", COLOURS | {"anode": "3V3"}, dict.fromkeys("RGB", "220 Ω")),
    _placed("rgb-led", COLOURS | {"cathode": "GND"}, dict.fromkeys("RGB", "220 Ω")),
    _placed("servo", AT_5V | {"SIG": "IO14"}),
    _placed("soil-moisture", AT_3V3 | {"AOUT": "IO34"}),
    _placed("sound-sensor", AT_3V3 | {"AO": "IO34", "DO": "IO4"}),
    _placed("ssd1306-128x32", AT_3V3 | BUS),
    _placed("ssd1306", AT_3V3 | BUS),
    _placed("switch", {"common": "IO4", "on": "3V3", "off": "GND"}),
    _placed("thermistor", AT_3V3 | {"AO": "IO34"}),
    _placed("tm1637", AT_3V3 | {"CLK": "IO22", "DIO": "IO21"}),
]
"""Every part but the jumper wire."""

OTHER_PIN = {"IO34": "IO39"}
"""Where a wire ends up that was put one hole beside its own; for an analog pin another of its kind."""


def trials_of(*placed: CircuitPart) -> list[PartTrial]:
    """The trials of these parts on an ESP32 board."""
    circuit = Circuit(part=list(placed))
    return part_trials(wiring.kit().boards()[circuit.board], wiring.kit().parts(), circuit)


def moved(placed: CircuitPart, part_pin: str) -> CircuitPart:
    """The part with one of its wires at another pin."""
    there = placed.wires[part_pin]
    return msgspec.structs.replace(placed, wires=placed.wires | {part_pin: OTHER_PIN.get(there, "IO19")})


@contextmanager
def table(*placed: CircuitPart) -> Iterator[tuple[ReplLink, LocalBoard]]:
    """A board in virtual time with these parts wired to it."""
    kit = wiring.kit()
    with tempfile.TemporaryDirectory() as folder:
        flash = Path(folder) / "flash.bin"
        flash.write_bytes(wiring._factory_flash())
        board = kit.boards()["esp32-devkitc"]
        circuit = Circuit(part=list(placed))
        plan = BoardPlan(flash=flash, mac=bytes.fromhex("240ac4000001"), board=board, parts=kit.parts(), circuit=circuit, virtual_time=True)
        with LocalBoard(plan, "table") as running:
            link = ReplLink("table", running.line)
            try:
                yield link, running
            finally:
                link.close()


class Follower:
    """Keeps what it was told, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    def begins(self, trial: PartTrial, number: int, count: int) -> None:
        self.told.append(("begins", trial.id))

    def ended(self, trial: PartTrial, report: CheckReport) -> None:
        self.told.append((report.outcome, trial.id))


class Stubborn:
    """The stage of a board around which nothing changes, whatever is asked."""

    def __init__(self, stage: LocalBoard) -> None:
        self.begin, self.allow, self.reached, self.now_ms, self.end = stage.begin, stage.allow, stage.reached, stage.now_ms, stage.end
        self.part_state = stage.part_state

    def set(self, part_id: str, value: str) -> None:
        """Leave it as it is."""


def tried(expected: list[PartTrial], *on_the_table: CircuitPart, stubborn: bool = False) -> Report:
    """The report on a test of the expected parts on a board with those that are on the table."""
    with table(*on_the_table) as (link, running):

        def stage_for(lesson: Lesson) -> Any:
            return Stubborn(running) if stubborn else running

        return check_parts("lesson", expected, link, stage_for, Follower(), runtime=wiring.runtime())


def words(report: Report) -> Mapping[str, str]:
    """What a failing assertion should tell: each part's outcome, what was expected and what was seen."""
    return {check.id: f"{check.outcome}: {check.expected} | {check.seen}" for check in report.checks}
