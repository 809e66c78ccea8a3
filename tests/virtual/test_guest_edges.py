"""Edges that a part foretells come at their microsecond, whichever way a program looks for them, in both kinds of time."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.core.circuits.hardware import CircuitPart

from tests.virtual.wired_harness import placed, run_wired, world_of

SONAR = {"VCC": "5V", "TRIG": "IO5", "ECHO": "IO18"}
TRIGGER = """
from machine import Pin, time_pulse_us
import time
trig, echo = Pin(5, Pin.OUT, value=0), Pin(18, Pin.IN)
def trigger(us=10):
    trig(1); time.sleep_us(us); trig(0)
time.sleep_ms(5)
"""
BOTH_TIMES = pytest.mark.parametrize("virtual", [True, False], ids=["virtual", "real"])


def sonar() -> CircuitPart:
    """An HC-SR04 at the pins of `TRIGGER`."""
    return placed("sonar", "hc-sr04", SONAR)


@BOTH_TIMES
def test_time_pulse_us_measures_an_echo_exactly(tmp_path: Path, virtual: bool) -> None:
    """Right after the trigger the echo's length is 58 µs a centimetre, time after time; without an echo time runs out."""
    code = f"{TRIGGER}for _ in range(3):\n  trigger()\n  print(time_pulse_us(echo, 1, 30_000))\n  time.sleep_ms(60)"
    assert run_wired(tmp_path, world_of(sonar()), code, virtual, sonar__distance="20").split() == ["1160"] * 3
    assert run_wired(tmp_path, world_of(sonar()), code, virtual, sonar__distance="450").split() == ["-1"] * 3


@BOTH_TIMES
def test_polling_loops_see_the_echo(tmp_path: Path, virtual: bool) -> None:
    """A program that reads the pin and the clock by turns finds the echo's length to within a turn of its loop."""
    code = f"""{TRIGGER}
for _ in range(3):
    trigger()
    while echo.value() == 0: begin = time.ticks_us()
    while echo.value() == 1: end = time.ticks_us()
    print(time.ticks_diff(end, begin))
    time.sleep_ms(60)
"""
    lengths = run_wired(tmp_path, world_of(sonar()), code, virtual, sonar__distance="100").split()
    assert len(lengths) == 3
    assert all(abs(int(length) - 5800) <= 50 for length in lengths), lengths


@BOTH_TIMES
def test_interrupts_come_at_the_edges(tmp_path: Path, virtual: bool) -> None:
    """A handler is called for each edge of the echo while the program sleeps, and its clock shows when."""
    code = f"""{TRIGGER}
seen = []
echo.irq(lambda pin: seen.append((pin.value(), time.ticks_us())))
for _ in range(2):
    trigger()
    time.sleep_ms(60)
print([level for level, _ in seen], seen[1][1] - seen[0][1], seen[3][1] - seen[2][1])
"""
    assert run_wired(tmp_path, world_of(sonar()), code, virtual, sonar__distance="50") == "[1, 0, 1, 0] 2900 2900\n"


def test_a_short_trigger_and_a_second_one_start_nothing(tmp_path: Path) -> None:
    """The sensor wants 10 µs, and does not listen while its echo is under way."""
    code = f"""{TRIGGER}
trig(1); trig(0); print(time_pulse_us(echo, 1, 30_000))
trigger(); time.sleep_us(600); trigger()
print(900 < time_pulse_us(echo, 1, 30_000) < 1010, time_pulse_us(echo, 1, 30_000))
"""
    assert run_wired(tmp_path, world_of(sonar()), code, sonar__distance="20") == "-2\nTrue -2\n"


def test_a_sensor_at_3v3_is_silent(tmp_path: Path) -> None:
    """A 5 V part fed with 3.3 V gives no echo."""
    weak = placed("sonar", "hc-sr04", SONAR | {"VCC": "3V3"})
    code = f"{TRIGGER}Pin(18, Pin.IN, Pin.PULL_DOWN)\ntrigger()\nprint(time_pulse_us(echo, 1, 30_000))"
    assert run_wired(tmp_path, world_of(weak), code) == "-2\n"
