"""The BH1750's commands, its measuring times and its arithmetic."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.virtual.parts.i2c_bench import BUS, I2cBench
from tests.virtual.wired_harness import placed, run_wired, world_of

H, H2, L = 0x10, 0x11, 0x13


def counted(bench: I2cBench) -> int:
    """The result as a number."""
    return int.from_bytes(bench.read(2), "big")


def test_example_of_the_data_sheet() -> None:
    """28067 lx are read as 10000011 10010000 in H mode. Source: BH1750FVI revision D, page 7."""
    bench = I2cBench("bh1750", 0x23)
    bench.set("light", "28067")
    bench.write(H)
    bench.later(180)
    assert bench.read(2) == bytes([0b10000011, 0b10010000])


@pytest.mark.parametrize("command", [H, 0x20])
def test_result_is_zero_until_the_first_measurement_is_over(command: int) -> None:
    """H mode takes up to 180 ms: read earlier, it gives what was there before."""
    bench = I2cBench("bh1750", 0x23)
    bench.write(command)
    bench.later(179)
    assert counted(bench) == 0
    bench.later(1)
    assert counted(bench) == 360
    assert bench.state()["light_lx"] == 300.0


def test_continuous_mode_follows_the_light() -> None:
    """A change is in the result once a whole measurement has been made after it."""
    bench = I2cBench("bh1750", 0x23)
    bench.write(H)
    bench.later(190)
    assert counted(bench) == 360
    bench.set("light", "50 lx")
    bench.later(160)
    assert counted(bench) == 360
    bench.later(200)
    assert counted(bench) == 60


def test_one_time_mode_powers_down_after_one_measurement() -> None:
    """The result stays as it was measured, however the light changes."""
    bench = I2cBench("bh1750", 0x23)
    bench.write(0x20)
    bench.later(200)
    bench.set("light", "1")
    bench.later(5000)
    assert counted(bench) == 360
    bench.write(0x07)
    assert counted(bench) == 360, "reset is not taken while powered down"
    bench.write(0x01)
    bench.write(0x07)
    assert counted(bench) == 0


def test_h2_mode_counts_twice_as_fine() -> None:
    """The same light gives twice the counts."""
    bench = I2cBench("bh1750", 0x23)
    bench.set("light", "10.5")
    for command, counts in ((H, 13), (H2, 25)):
        bench.write(command)
        bench.later(180)
        assert counted(bench) == counts


def test_l_mode_is_quick_and_coarse() -> None:
    """24 ms, in steps of 4 counts."""
    bench = I2cBench("bh1750", 0x23)
    bench.set("light", "101")
    bench.write(L)
    bench.later(23)
    assert counted(bench) == 0
    bench.later(1)
    assert counted(bench) == 120


def test_measuring_time_register_scales_counts_and_time() -> None:
    """MTreg 138 doubles both, in two commands for its upper and lower bits. Source: page 11."""
    bench = I2cBench("bh1750", 0x23)
    bench.write(0x40 | 138 >> 5)
    bench.write(0x60 | 138 & 0x1F)
    bench.write(H)
    bench.later(359)
    assert counted(bench) == 0
    bench.later(1)
    assert counted(bench) == 720


def test_too_much_light_gives_the_highest_count() -> None:
    """54612 lx and more are 65535 at the usual sensitivity; the lowest sensitivity still tells them apart."""
    bench = I2cBench("bh1750", 0x23)
    bench.set("light", "100000")
    bench.write(H)
    bench.later(180)
    assert counted(bench) == 0xFFFF
    bench.write(0x40)
    bench.write(0x60 | 31)
    bench.later(180)
    assert counted(bench) == round(100000 * 1.2 * 31 / 69)


def test_power_down_stops_measuring_and_keeps_the_result() -> None:
    """After 0x00 the result is the last one."""
    bench = I2cBench("bh1750", 0x23)
    bench.write(H)
    bench.later(200)
    bench.write(0x00)
    bench.set("light", "0")
    bench.later(1000)
    assert counted(bench) == 360


GUEST = """
from machine import I2C, Pin
import time
i2c = I2C(0, scl=Pin(22), sda=Pin(21))
i2c.writeto(0x23, b"\\x10")
time.sleep_ms(200)
data = i2c.readfrom(0x23, 2)
print(round((data[0] << 8 | data[1]) / 1.2))
"""


def test_program_on_the_board_reads_lux(tmp_path: Path) -> None:
    """The few lines that every tutorial has print the light of the surroundings."""
    assert run_wired(tmp_path, world_of(placed("it", "bh1750", BUS)), GUEST, light="1234 lx").strip() == "1234"
