"""Displays, I2C parts, readings and expected errors on virtual boards with the kit's own drivers: one verdict in both kinds of time."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.apps import wiring
from lovhe.core.checks.report import Report
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.reading import read_lesson
from lovhe.services.checking import check_program

from .boards import powered_board

LESSON = """
grade = 8
order = 1
minutes = 45
skills = { strands = ["programming"] }
[circuit]
board = "esp32-devkitc"
[[circuit.part]]
id = "screen"
part = "lcd1602"
wires = { VCC = "5V", GND = "GND", SCL = "IO22", SDA = "IO21" }
through = { SCL = "level shifter", SDA = "level shifter" }
[[circuit.part]]
id = "oled"
part = "ssd1306"
wires = { VCC = "3V3", GND = "GND", SCL = "IO26", SDA = "IO25" }
[[circuit.part]]
id = "air"
part = "bme280"
wires = { VCC = "3V3", GND = "GND", SCL = "IO26", SDA = "IO25" }
[[circuit.part]]
id = "digits"
part = "tm1637"
wires = { VCC = "3V3", GND = "GND", CLK = "IO18", DIO = "IO19" }

[[check]]
id = "shows"
[[check.step]]
set = { "air.temperature" = "24 °C" }
delay = "2 s"
settle = "800 ms"
expect-display = [
    { part = "screen", contains = "air:", number = "23.5 … 24.5", lacks = "hot" },
    { part = "digits", number = "24" },
    { part = "oled", contains = "24" },
]
expect-device = [{ part = "air" }]
expect-reading = [{ name = "t", agrees-with = "air.temperature", within = "± 0.5", rate = "4 Hz ± 25 %" }]
[[check]]
id = "warmer"
[[check.step]]
set = { "air.temperature" = "30 °C" }
delay = "1 s"
settle = "600 ms"
expect-reading = [{ name = "t", change = "≥ 5" }]
[[check]]
id = "alarm"
expect-error = { type = "ValueError", contains = "too hot" }
[[check.step]]
set = { "air.temperature" = "45 °C" }
delay = "1 s"
"""

RIGHT = """
import time
from machine import I2C, Pin
from lovhe.drivers.bme280 import Bme280
from lovhe.drivers.lcd1602 import Lcd1602
from lovhe.drivers.ssd1306 import Ssd1306
from lovhe.drivers.tm1637 import Tm1637
bus = I2C(1, scl=Pin(26), sda=Pin(25))
air = Bme280(bus)
oled = Ssd1306(bus)
screen = Lcd1602(I2C(0, scl=Pin(22), sda=Pin(21), freq=100000))
digits = Tm1637(18, 19)
turn = time.ticks_ms()
while True:
    t = air.temperature()
    print("t:", t)
    screen.clear()
    screen.write("Air: %.1f" % t)
    digits.show(round(t))
    oled.fill(0)
    oled.text(str(round(t)), 8, 8)
    oled.show()
    if t > 40:
        raise ValueError("too hot")
    turn = time.ticks_add(turn, 250)
    time.sleep_ms(max(0, time.ticks_diff(turn, time.ticks_ms())))
"""


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """The lesson above, with as much text as one needs."""
    text = "+++\ntitle = 'T'\ngoal = 'G'\n[ask]\n"
    text += "".join(f'"air.temperature={value}°C" = "Make it {value} degrees."\n' for value in (24, 30, 45))
    text += "".join(f'[checks.{check}]\ntitle = "{check}"\nhints = ["1", "2", "3"]\n' for check in ("shows", "warmer", "alarm"))
    files = {"lesson.toml": LESSON.encode(), "starter.py": b"# TODO\n", "solution.py": RIGHT.encode()}
    for language in ("az", "ru", "en"):
        files |= {f"{language}.md": f"{text}+++\nbody\n".encode(), f"teacher.{language}.md": b"notes\n"}
    return read_lesson("8-01-test", files, wiring.kit().boards(), wiring.kit().parts())


def judged(folder: Path, lesson: Lesson, source: str, *, virtual_time: bool = True) -> Report:
    """The report on a program, on a fresh board."""
    with powered_board(folder, lesson, virtual_time=virtual_time) as board:
        link = ReplLink("desk", board.line)
        report, _ = check_program(lesson, source, link, board, runtime=wiring.runtime())
        link.close()
    return report


@pytest.mark.parametrize("virtual_time", [False, True], ids=["real", "virtual"])
def test_a_right_program_passes_in_both_kinds_of_time(tmp_path: Path, lesson: Lesson, virtual_time: bool) -> None:
    """Three displays on two buses and two pins, a sensor, its readings, and the alarm at the end."""
    report = judged(tmp_path, lesson, RIGHT, virtual_time=virtual_time)
    assert [(check.outcome, str(check.seen)) for check in report.checks if check.outcome != "passed"] == []


@pytest.mark.parametrize(
    ("right", "wrong", "check", "seen"),
    [
        ("    screen.clear()\n    screen.write", "    ('').join", "shows", "empty"),
        ('"Air: %.1f" % t', '"Air: %.1f" % (t + 1)', "shows", "Air: 25.0"),
        ('"Air: %.1f" % t', '"Air: %.1f Hot?" % t', "shows", "Hot?"),
        ("digits.show(round(t))", "digits.show(round(t) * 100)", "shows", "2400"),
        ("    oled.fill(0)\n", "    t = 20\n    oled.text(str(round(t)), 8, 8)\n    t = 24\n", "shows", "on top of each other"),
        ("    oled.show()\n", "", "shows", "empty"),
        ('print("t:", t)', 'print("t:", t + 1)', "shows", "was 25"),
        ("turn, 250", "turn, 400", "shows", "2.5 times a second"),
        ("t = air.temperature()", "t = min(air.temperature(), 24)", "warmer", "from 24 to 24"),
        ('ValueError("too hot")', 'TypeError("too hot")', "alarm", "TypeError"),
        ('raise ValueError("too hot")', "break", "alarm", "without an error"),
    ],
)
def test_a_wrong_program_fails_the_check_of_its_fault(
    tmp_path: Path, lesson: Lesson, right: str, wrong: str, check: str, seen: str
) -> None:
    """And is told what was seen instead."""
    assert right in RIGHT
    report = judged(tmp_path, lesson, RIGHT.replace(right, wrong))
    failed = [found for found in report.checks if found.outcome == "failed"]
    assert failed[0].id == check
    assert seen in str(failed[0].seen)


def test_a_driver_of_ones_own_is_unclear_not_wrong(tmp_path: Path, lesson: Lesson) -> None:
    """What it shows nobody can tell; so nobody says that it is wrong, and the kit's driver is named."""
    foreign = RIGHT.replace("screen.clear()", "pass").replace("screen.write(", "str(")
    foreign = foreign.replace("screen = Lcd1602(", "lcd = I2C(").replace(", freq=100000))", ", freq=100000)").replace("I2C(I2C(", "I2C(")
    foreign = foreign.replace("from lovhe.drivers.lcd1602 import Lcd1602\n", "").replace("    pass\n", "    lcd.writeto(0x27, b'\\x08')\n")
    report = judged(tmp_path, lesson, foreign)
    shows = report.checks[0]
    assert shows.outcome == "unclear"
    assert "from lovhe.drivers.lcd1602 import Lcd1602" in str(shows.seen)


def test_a_device_that_nobody_spoke_to_is_told(tmp_path: Path, lesson: Lesson) -> None:
    """A program that makes its numbers up."""
    report = judged(tmp_path, lesson, RIGHT.replace("air = Bme280(bus)\n", "").replace("air.temperature()", "24.0"))
    assert report.checks[0].outcome == "failed"
    assert "0x3c" in str(report.checks[0].seen)


WIND = """
grade = 8
order = 3
minutes = 45
skills = { strands = ["programming"] }
[circuit]
board = "esp32-devkitc"
[[circuit.part]]
id = "wind"
part = "hall-sensor"
wires = { VCC = "5V", GND = "GND", OUT = "IO19" }
through = { OUT = "10 kΩ pull-up" }

[[check]]
id = "counts"
[[check.step]]
swing = { part = "wind", values = ["0 mT", "40 mT"], period = "400 ms" }
delay = "4500 ms"
settle = "1500 ms"
expect-reading = [{ name = "turns", follows = "wind", within = "± 15 %" }]
"""

COUNTING = """
import time
from machine import Pin
turns = 0
def one(pin):
    global turns
    turns += 1
Pin(19, Pin.IN).irq(one, Pin.IRQ_FALLING)
while True:
    before = turns
    time.sleep(1)
    print("turns:", turns - before)
"""


@pytest.fixture(scope="module")
def wind() -> Lesson:
    """A lesson that counts what a magnet does, with as much text as one needs."""
    text = "+++\ntitle = 'T'\ngoal = 'G'\n[ask]\n\"wind=swing\" = \"Move the magnet to and fro.\"\n"
    text += '[checks.counts]\ntitle = "counts"\nhints = ["1", "2", "3"]\n+++\nbody\n'
    files = {"lesson.toml": WIND.encode(), "starter.py": b"# TODO\n", "solution.py": COUNTING.encode()}
    for language in ("az", "ru", "en"):
        files |= {f"{language}.md": text.encode(), f"teacher.{language}.md": b"notes\n"}
    return read_lesson("8-03-test", files, wiring.kit().boards(), wiring.kit().parts())


@pytest.mark.parametrize(
    ("right", "wrong", "outcome", "virtual_time"),
    [
        ("", "", "passed", False),
        ("", "", "passed", True),
        ("IRQ_FALLING", "IRQ_FALLING | Pin.IRQ_RISING", "failed", True),
        ("turns - before", "turns", "failed", True),
    ],
    ids=["right, real time", "right", "both edges", "never from 0"],
)
def test_pulses_are_counted_right_or_wrong(tmp_path: Path, wind: Lesson, right: str, wrong: str, outcome: str, virtual_time: bool) -> None:
    """A magnet goes by two and a half times a second: who counts both its coming and its going counts twice."""
    report = judged(tmp_path, wind, COUNTING.replace(right, wrong) if right else COUNTING, virtual_time=virtual_time)
    assert report.checks[0].outcome == outcome, str(report.checks[0].seen)
