"""Pins that answer pins: a read sees what the writes before it brought about, and only reads wait for the world."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.virtual.wired_harness import WiredBoard, placed, run_wired, world_of

BOTH_TIMES = pytest.mark.parametrize("virtual", [True, False], ids=["virtual", "real"])
KEYS = {"R1": "IO13", "R2": "IO12", "R3": "IO14", "R4": "IO27", "C1": "IO32", "C2": "IO33", "C3": "IO25", "C4": "IO26"}
SCAN = """
from machine import Pin
rows = [Pin(n, Pin.OUT, value=1) for n in (13, 12, 14, 27)]
columns = [Pin(n, Pin.IN, Pin.PULL_UP) for n in (32, 33, 25, 26)]
found = ""
for number, row in enumerate(rows):
    row(0)
    found += "".join("123A456B789C*0#D"[4 * number + place] for place, column in enumerate(columns) if not column())
    row(1)
print(found)
"""
TALK = """
from machine import Pin
clk, dio = Pin(18, Pin.OPEN_DRAIN, value=1), Pin(19, Pin.OPEN_DRAIN, value=1)
def send(*data):
    dio(0)
    answers = []
    for byte in data:
        for bit in range(8):
            clk(0); dio(byte >> bit & 1); clk(1)
        clk(0); dio(1); clk(1)
        answers.append(1 - dio())
    clk(0); dio(0); clk(1); dio(1)
    return answers
"""


@BOTH_TIMES
@pytest.mark.parametrize("key", ["1", "8", "D", "*", "none"])
def test_a_key_joins_its_row_to_its_column(tmp_path: Path, virtual: bool, key: str) -> None:
    """A scan of the rows finds the key that is down, and nothing when none is."""
    found = run_wired(tmp_path, world_of(placed("keys", "keypad", KEYS)), SCAN, virtual, keys=key).strip()
    assert found == ("" if key == "none" else key)


@BOTH_TIMES
def test_a_display_acknowledges_what_it_is_sent(tmp_path: Path, virtual: bool) -> None:
    """A TM1637 answers each byte on the wire that the program writes to, and shows it."""

    async def session() -> None:
        async with WiredBoard(tmp_path, world_of(placed("clock", "tm1637", {"CLK": "IO18", "DIO": "IO19"})), virtual) as board:
            await board.enter_raw()
            out, err = await board.run(f"{TALK}print(send(0x40), send(0xC0, 0x06, 0xDB, 0x4F, 0x66), send(0x8A))")
            assert (out, err) == ("[1] [1, 1, 1, 1, 1] [1]\n", "")
            shown = board.state("clock")
            assert (shown["text"], shown["brightness_percent"]) == ("12.34", 25)
            await board.run("send(0x44); send(0xC3, 0x7F)\nsend(0x80)")
            assert (board.state("clock")["on"], board.state("clock")["text"]) == (False, "    ")
            await board.run("send(0x8F)")
            assert board.state("clock")["text"] == "12.38"

    asyncio.run(session())


def test_writes_alone_ask_nothing(tmp_path: Path) -> None:
    """Coupled outputs that nobody reads cost no question; the first read asks once."""

    async def session() -> None:
        async with WiredBoard(tmp_path, world_of(placed("keys", "keypad", KEYS))) as board:
            await board.enter_raw()
            await board.run("from machine import Pin\nr, c = Pin(13, Pin.OUT), Pin(32, Pin.IN, Pin.PULL_UP)\nc()")
            board.messages.clear()
            await board.run("for i in range(50): r.toggle()")
            assert [message[0] for message in board.messages if message[0] == "look"] == []
            await board.run("c(); c(); c()")
            assert [message[0] for message in board.messages if message[0] == "look"] == ["look"]

    asyncio.run(session())


@BOTH_TIMES
def test_an_interrupt_comes_from_another_pins_output(tmp_path: Path, virtual: bool) -> None:
    """Over a jumper wire an output interrupts an input at once, and no longer when the wire is out."""
    code = """
from machine import Pin
import time
out, seen = Pin(4, Pin.OUT, value=0), []
back = Pin(5, Pin.IN, Pin.PULL_UP)
time.sleep_ms(2)
back.irq(lambda pin: seen.append(pin.value()))
for level in (1, 0, 1):
    out(level)
    time.sleep_ms(1)
print(seen)
"""
    wire = placed("wire", "jumper", {"1": "IO4", "2": "IO5"})
    assert run_wired(tmp_path, world_of(wire), code, virtual) == "[1, 0, 1]\n"
    assert run_wired(tmp_path, world_of(wire), code, virtual, wire="out") == "[]\n"


@BOTH_TIMES
def test_pwm_of_another_pin_is_seen_as_a_wave(tmp_path: Path, virtual: bool) -> None:
    """Over a wire PWM is read high for its share of the time, measured and counted edge by edge, and ends with it."""
    code = """
from machine import PWM, Pin, time_pulse_us
import time
pwm = PWM(Pin(4), freq=500, duty_u16=16384)
back = Pin(5, Pin.IN, Pin.PULL_DOWN)
time_pulse_us(back, 0)
time.sleep_us(700)
print(abs(time_pulse_us(back, 1) - 500) < 5)
time.sleep_ms(2)
while not back(): pass
print(abs(time_pulse_us(back, 0) - 1500) < 5)
def share():
    high = 0
    for i in range(1000):
        high += back()
        time.sleep_us(97)
    return high
print(200 < share() < 300)
rises = []
back.irq(lambda pin: rises.append(time.ticks_us()), Pin.IRQ_RISING)
time.sleep_ms(101)
back.irq(None)
print(49 <= len(rises) <= 52, all(abs(b - a - 2000) < 30 for a, b in zip(rises, rises[1:])))
pwm.duty_u16(49152)
print(700 < share() < 800)
pwm.freq(2_500)
time_pulse_us(back, 1)
print(abs(time_pulse_us(back, 1) - 300) < 5)
pwm.freq(20_000)
print(700 < share() < 800)
pwm.deinit()
print(share())
"""
    wire = placed("wire", "jumper", {"1": "IO4", "2": "IO5"})
    out = run_wired(tmp_path, world_of(wire), code, virtual).split()
    assert out[-1] == "0"
    assert set(out[:-1] if virtual else [*out[:3], *out[5:6], *out[7:-1]]) == {"True"}, out
