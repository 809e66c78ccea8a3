"""What all parts on an I2C bus share: the address, power, a clock that outlives a reset."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from lovhe.core.errors import HardwareError

from tests.virtual.parts.i2c_bench import BUS, SCL, SDA, I2cBench
from tests.virtual.wired_harness import placed, run_wired, world_of

ALL = [
    ("bmp280", 0x76, 0x77),
    ("bme280", 0x76, 0x77),
    ("bh1750", 0x23, 0x5C),
    ("mpu6050", 0x68, 0x69),
    ("ssd1306", 0x3C, 0x3D),
    ("ssd1306-128x32", 0x3C, 0x3D),
    ("lcd1602", 0x27, 0x3F),
    ("lcd2004", 0x27, 0x3F),
]


def _supply(name: str) -> str:
    return "5V" if name.startswith("lcd") else "3V3"


@pytest.mark.parametrize(("name", "usual", "other"), ALL)
def test_part_answers_at_its_own_address_alone(name: str, usual: int, other: int) -> None:
    """It answers at its usual address, and at the other one only when the circuit says so."""
    bench = I2cBench(name, usual, {"VCC": _supply(name)})
    assert [address for address in range(8, 120) if bench.ask(b"", 0, address) == b""] == [usual]
    bench = I2cBench(name, usual, {"VCC": _supply(name)}, address=other)
    assert [address for address in range(8, 120) if bench.ask(b"", 0, address) == b""] == [other]


@pytest.mark.parametrize(("name", "usual", "other"), ALL)
def test_part_without_power_is_not_there(name: str, usual: int, other: int) -> None:
    """With its supply at ground nobody answers, and nothing holds the bus high."""
    bench = I2cBench(name, usual, {"VCC": "GND"})
    assert bench.ask(b"", 0) is None
    assert bench.ask(b"\0", 1) is None
    pins = bench.world.snapshot()["pins"]
    assert (pins[str(SCL)]["level"], pins[str(SDA)]["level"]) == (None, None)
    fed = I2cBench(name, usual, {"VCC": _supply(name)}).world.snapshot()["pins"]
    assert (fed[str(SCL)]["level"], fed[str(SDA)]["level"]) == (1, 1)


def test_address_that_no_such_part_has_is_refused_in_words() -> None:
    """A BH1750 has two addresses and none between them; the error says which part and what can be written."""
    with pytest.raises(HardwareError) as caught:
        world_of(placed("lux", "bh1750", BUS, address=0x24))
    assert "lux" in str(caught.value)
    assert "0x24" in str(caught.value)
    assert "0x23, 0x5C" in str(caught.value.next_step)


def test_parts_on_one_bus_answer_for_themselves() -> None:
    """Five parts on the same two wires are found by their addresses, each with its own identity."""
    world = world_of(
        placed("air", "bme280", BUS),
        placed("lux", "bh1750", BUS),
        placed("tilt", "mpu6050", BUS),
        placed("left", "ssd1306", BUS),
        placed("right", "ssd1306-128x32", BUS, address=0x3D),
    )
    world.initial_messages()
    found = [at for at in range(8, 120) if world.handle(["i2c", 1, [SCL, SDA], at, "", 0, 0])[-1][2] is not None]
    assert found == [0x23, 0x3C, 0x3D, 0x68, 0x76]
    assert world.handle(["i2c", 2, [SCL, SDA], 0x76, "d0", 1, 0])[-1] == ["re", 2, "60"]
    assert world.handle(["i2c", 3, [SCL, SDA], 0x68, "75", 1, 0])[-1] == ["re", 3, "68"]


def test_power_that_a_pin_switches_clears_the_registers() -> None:
    """Fed from an output of the board, a part forgets its registers when that goes low and high again."""
    bench = I2cBench("bmp280", 0x76, {"VCC": "IO4"})
    assert bench.ask(b"\xd0", 1) is None
    bench.world.handle(["log", [[0, 4, "mode", "out", "none"], [0, 4, "level", 1]]])
    bench.write(0xF4, 0x24)
    assert bench.read(1, 0xF4) == b"\x24"
    bench.world.handle(["log", [[5, 4, "level", 0]]])
    assert bench.ask(b"\xd0", 1) is None
    bench.world.handle(["log", [[9, 4, "level", 1]]])
    assert bench.read(1, 0xF4) == b"\0"


def test_part_outlives_a_reset_of_the_board() -> None:
    """A reset of the chip starts the board's clock anew and takes no power: a measurement goes on to its end."""
    bench = I2cBench("bmp280", 0x76)
    bench.later(60_000)
    bench.write(0xF4, 0x25)
    bench.now_us = 100
    assert bench.read(1, 0xF3)[0] & 8
    bench.later(10)
    assert bench.read(1, 0xF3) == b"\0"
    assert bench.read(3, 0xFA) != b"\x80\0\0"


def test_looking_at_a_board_does_not_hurry_its_parts() -> None:
    """A look asks for the time of the PC, which is ahead of what the board has told: the time between is not counted twice."""
    bench = I2cBench("bh1750", 0x23)
    bench.write(0x10)
    for _ in range(50):
        bench.later(20)
        bench.state()
        bench.now_us -= 17_000
        assert bench.read(2) == b"\0\0"
    bench.later(31)
    assert bench.read(2) == (360).to_bytes(2, "big")


@pytest.mark.parametrize(("name", "usual", "other"), ALL)
def test_any_transfers_are_answered_and_none_harms(name: str, usual: int, other: int) -> None:
    """A program may send whatever it likes, at any time: reads have their length, and what is seen can be told as JSON."""
    random = Random(name)
    bench = I2cBench(name, usual, {"VCC": _supply(name)})
    for _ in range(1500):
        written = random.randbytes(random.choice((0, 1, 1, 2, 2, 3, 8, 40)))
        count = random.choice((0, 1, 2, 6, 24, 200))
        answer = bench.ask(written, count)
        assert answer is not None
        assert len(answer) == count
        bench.later(random.choice((0, 0.2, 3, 200, 100_000)))
    assert bench.state() == json.loads(json.dumps(bench.state()))


LONG = """
from machine import I2C, Pin
i2c = I2C(0, scl=Pin(22), sda=Pin(21))
for transfer in (lambda: i2c.writeto(0x3C, b"\\x40" * 9000), lambda: i2c.readfrom(0x3C, 20000), lambda: i2c.writeto(0x3C, b"\\x40" * 7000)):
    try:
        print(transfer())
    except OSError as error:
        print(error)
"""


def test_transfer_that_takes_too_long_ends_with_an_error(tmp_path: Path) -> None:
    """More bytes than the timeout leaves time for are an OSError as on the chip, and the next transfer works."""
    out = run_wired(tmp_path, world_of(placed("it", "ssd1306", BUS)), LONG)
    assert out.splitlines() == ["[Errno 116] ETIMEDOUT", "[Errno 116] ETIMEDOUT", "7000"]
