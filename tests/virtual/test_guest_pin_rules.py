"""What machine.Pin and machine.Signal take and refuse. Source: MicroPython 1.28's machine_pin.c and machine_signal.c."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lovhe.virtual.interpreter.engine import ExitReason, ResetCause

from tests.virtual.chip_harness import told
from tests.virtual.guest_harness import BareBoard


def test_arguments_are_checked_as_the_chip_does(tmp_path: Path) -> None:
    """Kinds and counts of arguments, with the chip's exceptions and words."""
    code = """
from machine import Pin
T(lambda: Pin())
T(lambda: Pin(True))
T(lambda: Pin('IO2'))
T(lambda: Pin(2, 'out'))
T(lambda: Pin(2, Pin.OUT, None, 1))
T(lambda: Pin(2, Pin.OUT, pul=1))
T(lambda: Pin(2, mode=Pin.OUT, drive='x'))
T(lambda: Pin(34, Pin.IN, drive='x'))
T(lambda: Pin(2, Pin.OUT, drive=99))
T(lambda: Pin(2, Pin.IN, 'up'))
T(lambda: Pin(2, Pin.IN, -1))
T(lambda: Pin(2, None, None))
"""
    lines, _ = told(tmp_path, code)
    assert lines == [
        "TypeError ('function missing 1 required positional arguments',)",
        "ValueError ('invalid pin',)",
        "ValueError ('invalid pin',)",
        'TypeError ("can\'t convert str to int",)',
        "TypeError ('extra positional arguments given',)",
        "TypeError ('extra keyword arguments given',)",
        'TypeError ("can\'t convert str to int",)',
        "Pin(34)",
        "Pin(2)",
        'TypeError ("can\'t convert str to int",)',
        "Pin(2)",
        "Pin(2)",
    ]


def test_the_level_is_set_before_the_pin_becomes_an_output(tmp_path: Path) -> None:
    """No short pulse of the wrong level, and a refused mode leaves the new level in the latch."""
    code = """
from machine import Pin
Pin(4, Pin.OUT, value=1)
T(lambda: Pin(5, 'x', value=1))
Pin(5, Pin.OUT)
"""
    lines, log = told(tmp_path, code)
    assert lines == ['TypeError ("can\'t convert str to int",)']
    assert log == [[4, "mode", "out", "none"], [4, "level", 1], [5, "mode", "out", "none"], [5, "level", 1]]


def test_interrupts_take_what_the_chip_takes(tmp_path: Path) -> None:
    """irq() gives one object a pin; its trigger can be read and changed; without a handler it is off; there is no `hard`."""
    code = """
from machine import Pin
p = Pin(4, Pin.IN, Pin.PULL_UP)
i = p.irq(print, Pin.IRQ_FALLING)
print(i is p.irq(), i, type(i).__name__, i.trigger())
T(lambda: i.trigger(Pin.IRQ_RISING))
T(lambda: i.trigger())
T(lambda: p.irq(trigger=3).trigger())
T(lambda: p.irq(print, hard=True))
T(lambda: p.irq(print, 'x'))
T(lambda: p.irq(print, 3, None, 5))
T(lambda: p.irq(print).trigger())
T(lambda: i(1))
"""
    lines, _ = told(tmp_path, code)
    assert lines[0] == "True <IRQ> IRQ 2"
    assert lines[1:4] == ["2", "1", "0"]
    assert lines[4:7] == [
        "TypeError ('extra keyword arguments given',)",
        'TypeError ("can\'t convert str to int",)',
        "TypeError ('extra positional arguments given',)",
    ]
    assert lines[7] == "3"
    assert lines[8].startswith("TypeError")


def test_a_level_that_wakes_is_checked(tmp_path: Path) -> None:
    """Only RTC pins can wake the chip, one at a time, from sleeps that exist."""
    code = """
from machine import Pin
T(lambda: Pin(4).irq(trigger=Pin.WAKE_LOW, wake=1))
T(lambda: Pin(4).irq(trigger=Pin.WAKE_LOW, wake='x'))
T(lambda: Pin(5).irq(trigger=Pin.WAKE_LOW, wake=2))
T(lambda: Pin(4).irq(trigger=Pin.WAKE_LOW, wake=2))
T(lambda: Pin(2).irq(trigger=Pin.WAKE_HIGH, wake=4))
T(lambda: Pin(4).irq(None))
T(lambda: Pin(2).irq(trigger=Pin.WAKE_HIGH, wake=4))
"""
    assert told(tmp_path, code)[0] == [
        "ValueError ('bad wake value',)",
        "ValueError ('bad wake value',)",
        "ValueError ('invalid pin for wake',)",
        "<IRQ>",
        "ValueError ('no resources',)",
        "<IRQ>",
        "<IRQ>",
    ]


def test_a_level_interrupts_when_it_comes_and_when_it_is_there(tmp_path: Path) -> None:
    """A handler for a low level runs at once on a low pin, one for a high level when the pin rises."""
    code = """
from machine import Pin
import time
seen = []
low, high = Pin(4, Pin.IN, Pin.PULL_DOWN), Pin(5, Pin.OUT, value=0)
low.irq(lambda p: seen.append('low'), Pin.WAKE_LOW)
high.irq(lambda p: seen.append('high'), Pin.WAKE_HIGH)
time.sleep_ms(5)
print(seen)
high.on()
time.sleep_ms(5)
print(seen)
"""
    assert told(tmp_path, code)[0] == ["['low']", "['low', 'high']"]


def test_a_held_pin_keeps_its_level(tmp_path: Path) -> None:
    """While a pad is held, what the program writes does not reach it; letting go shows the latch."""
    code = """
from machine import Pin
p = Pin(4, Pin.OUT, value=1, hold=True)
p.off()
p.init(Pin.IN)
p.init(Pin.OUT)
print(p.value())
p.init(hold=False)
print(p.value())
"""
    lines, log = told(tmp_path, code)
    assert lines == ["1", "0"]
    assert log == [[4, "mode", "out", "none"], [4, "level", 1], [4, "mode", "out", "none"], [4, "level", 0]]


@pytest.mark.parametrize(
    "use",
    ["Pin(6, Pin.OUT)", "PWM(Pin(10))", "I2C(0, scl=Pin(9), sda=Pin(8))", "SoftI2C(scl=Pin(9), sda=Pin(8))", "SPI(1, sck=Pin(6))"],
)
def test_a_pin_of_the_flash_chip_stops_the_processor(tmp_path: Path, use: str) -> None:
    """Naming such a pin is allowed; using it takes the program away from the processor, and the watchdog resets it."""

    async def session() -> None:
        async with BareBoard(tmp_path, virtual_time=True) as board:
            await board.enter_raw()
            board.start_run(f"from machine import I2C, PWM, Pin, SoftI2C, SPI\nprint(Pin(6))\n{use}\nprint('never')")
            ended = await board.ended()
            assert (ended.reason, ended.reset_cause) == (ExitReason.HARD_RESET, ResetCause.WATCHDOG)
            assert b"Pin(6)" in board.output
            assert b"never" not in board.output

    asyncio.run(session())


def test_a_signal_is_made_of_a_pin_or_of_a_pins_arguments(tmp_path: Path) -> None:
    """With a pin there is nothing to add but `invert`; values are true or not; its start value is turned round too."""
    code = """
from machine import Pin, Signal
T(lambda: Signal())
T(lambda: Signal('x'))
T(lambda: Signal(Pin(2), Pin.OUT))
T(lambda: Signal(Pin(2), value=1))
T(lambda: Signal(Pin(2), True))
s = Signal(Signal(Pin(2, Pin.OUT), invert=True), invert=True)
s.value('yes'); print(Pin(2).value(), s.value())
print(Signal(4, Pin.OUT, value=0, invert=1).value(), Pin(4).value())
print(sorted(x for x in dir(Signal) if x[0] != '_'))
"""
    lines, _ = told(tmp_path, code)
    assert lines[0].startswith("TypeError ('function missing 1 required")
    assert lines[1] == "ValueError ('invalid pin',)"
    assert [line.split(" ")[0] for line in lines[2:5]] == ["TypeError"] * 3
    assert lines[5:] == ["1 1", "0 1", "['off', 'on', 'value']"]
