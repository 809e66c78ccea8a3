"""The BMP280's registers: the data sheet's worked example, modes and their times, resolution, filter."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.virtual.surroundings.parts.bosch_compensation import Calibration, raw_pressure, raw_temperature

from tests.virtual.parts.i2c_bench import BUS, I2cBench
from tests.virtual.wired_harness import placed, run_wired, world_of

CHIP = Calibration()
NOTHING = b"\x80\0\0" * 2


def measured(data: bytes) -> tuple[float, float]:
    """Temperature in °C and pressure in Pa that a driver computes from registers 0xF7 to 0xFC."""
    pressure, temperature = (int.from_bytes(data[place : place + 3], "big") >> 4 for place in (0, 3))
    t_fine = CHIP.fine_temperature(temperature)
    return t_fine / 5120, CHIP.pressure_pa(pressure, t_fine)


def test_worked_example_of_the_data_sheet() -> None:
    """UT 519888 and UP 415148 are 25.08 °C and 100653.27 Pa, and back. Source: BST-BMP280-DS001, section 3.12."""
    t_fine = CHIP.fine_temperature(519888)
    assert round(t_fine) == 128422
    assert round(t_fine / 5120, 2) == 25.08
    assert CHIP.pressure_pa(415148, t_fine) == pytest.approx(100653.27, abs=0.3)
    assert raw_temperature(CHIP, t_fine / 5120) == 519888
    assert raw_pressure(CHIP, CHIP.pressure_pa(415148, t_fine), t_fine) == 415148


def test_identity_and_calibration_are_read_as_on_the_chip() -> None:
    """The id is 0x58; the calibration words stand low byte first from 0x88 on, and a read counts on by itself."""
    bench = I2cBench("bmp280", 0x76)
    assert bench.read(1, 0xD0) == b"\x58"
    words = bench.read(24, 0x88)
    assert words[:6] == (27504).to_bytes(2, "little") + (26435).to_bytes(2, "little") + (-1000).to_bytes(2, "little", signed=True)
    assert words[22:] == (6000).to_bytes(2, "little")


@pytest.mark.parametrize("celsius", [-40.0, -0.01, 0.0, 24.0, 31.37, 85.0])
@pytest.mark.parametrize("hectopascal", [300.0, 1001.23, 1100.0])
def test_driver_gets_back_what_was_set(celsius: float, hectopascal: float) -> None:
    """At the highest oversampling temperature and pressure come back within a hundredth of a degree and a pascal."""
    bench = I2cBench("bmp280", 0x76)
    bench.set("temperature", f"{celsius}")
    bench.set("pressure", f"{hectopascal}")
    bench.write(0xF4, 0xB5)
    bench.later(80)
    assert measured(bench.read(6, 0xF7)) == (pytest.approx(celsius, abs=0.01), pytest.approx(100 * hectopascal, abs=1))


def test_each_doubling_of_oversampling_gives_one_bit_more() -> None:
    """The lowest bits that a setting does not resolve are 0: 16 bits at 1, 20 at 16. Source: tables 4 and 5."""
    for setting, bits in ((1, 16), (2, 17), (3, 18), (4, 19), (5, 20), (7, 20)):
        bench = I2cBench("bmp280", 0x76)
        bench.set("temperature", "23.4567")
        bench.write(0xF4, setting << 5 | setting << 2 | 1)
        bench.later(100)
        for place in (0xF7, 0xFA):
            assert (int.from_bytes(bench.read(3, place), "big") >> 4) % (1 << (20 - bits)) == 0


def test_nothing_is_measured_until_the_program_asks() -> None:
    """Asleep after power-on: the results are 0x80000, whatever the time."""
    bench = I2cBench("bmp280", 0x76)
    bench.later(5000)
    assert bench.read(6, 0xF7) == NOTHING
    assert bench.state()["temperature_c"] is None


def test_forced_mode_measures_once_and_sleeps() -> None:
    """The measuring bit is set for 6.4 ms, the old values stay until then, and the mode is sleep afterwards. Source: table 13."""
    bench = I2cBench("bmp280", 0x76)
    bench.write(0xF4, 0x25)
    bench.later(6.3)
    assert bench.read(1, 0xF3) == b"\x08"
    assert bench.read(6, 0xF7) == NOTHING
    bench.later(0.2)
    assert bench.read(2, 0xF3) == b"\0\x24"
    first = bench.read(6, 0xF7)
    assert measured(first)[0] == pytest.approx(24.0, abs=0.01)
    bench.set("temperature", "50")
    bench.later(1000)
    assert bench.read(6, 0xF7) == first


def test_a_second_order_waits_for_the_end_of_the_first_measurement() -> None:
    """Asked twice in a row it measures twice, one after the other, and has no result before the first has ended. Source: section 3.6."""
    bench = I2cBench("bmp280", 0x76)
    bench.write(0xF4, 0x25)
    bench.later(1)
    bench.write(0xF4, 0x25)
    bench.later(5)
    assert bench.read(6, 0xF7) == NOTHING
    bench.later(1)
    assert measured(bench.read(6, 0xF7))[0] == pytest.approx(24.0, abs=0.01)
    assert bench.read(2, 0xF3) == b"\x08\x25"
    bench.later(6)
    assert bench.read(2, 0xF3) == b"\0\x24"


def test_normal_mode_measures_again_after_the_standby_time() -> None:
    """With a standby of 500 ms a change is seen in the next measurement, not before."""
    bench = I2cBench("bmp280", 0x76)
    bench.write(0xF5, 4 << 5)
    bench.write(0xF4, 0x27)
    bench.later(7)
    assert bench.read(1, 0xF3) == b"\0"
    bench.set("temperature", "40 °C")
    bench.later(490)
    assert measured(bench.read(6, 0xF7))[0] == pytest.approx(24.0, abs=0.01)
    bench.later(10)
    assert bench.read(1, 0xF3) == b"\x08"
    bench.later(10)
    assert measured(bench.read(6, 0xF7))[0] == pytest.approx(40.0, abs=0.01)
    assert bench.state()["temperature_c"] == 40.0


def test_value_is_that_of_the_time_of_measuring_not_of_reading() -> None:
    """What changed after a forced measurement, before anybody read it, is not in it."""
    bench = I2cBench("bmp280", 0x76)
    bench.write(0xF4, 0x25)
    bench.later(20)
    bench.set("temperature", "70")
    bench.later(20)
    assert measured(bench.read(6, 0xF7))[0] == pytest.approx(24.0, abs=0.01)


def test_filter_lets_a_change_through_step_by_step() -> None:
    """With coefficient 4 each measurement takes a quarter of what is left; the first one takes all. Source: section 3.3.3."""
    bench = I2cBench("bmp280", 0x76)
    bench.set("temperature", "20")
    bench.write(0xF5, 2 << 2)
    for expected in (20.0, 30.0, 37.5, 43.125):
        bench.write(0xF4, 0x25)
        bench.later(10)
        assert measured(bench.read(6, 0xF7))[0] == pytest.approx(expected, abs=0.05)
        bench.set("temperature", "60")


def test_filter_in_normal_mode_settles_while_nobody_reads() -> None:
    """After an hour of measurements every few milliseconds the filter has caught up."""
    bench = I2cBench("bmp280", 0x76)
    bench.write(0xF5, 4 << 2)
    bench.write(0xF4, 0x27)
    bench.later(100)
    assert measured(bench.read(6, 0xF7))[0] == pytest.approx(24.0, abs=0.01)
    bench.set("temperature", "60")
    bench.later(20)
    assert 24.5 < measured(bench.read(6, 0xF7))[0] < 50
    bench.later(3_600_000)
    assert measured(bench.read(6, 0xF7))[0] == pytest.approx(60.0, abs=0.01)


def test_skipped_measurement_leaves_the_reset_value() -> None:
    """Oversampling 0 means that it is not measured at all."""
    bench = I2cBench("bmp280", 0x76)
    bench.write(0xF4, 0x21)
    bench.later(10)
    assert bench.read(3, 0xF7) == b"\x80\0\0"
    assert bench.read(3, 0xFA) != b"\x80\0\0"


def test_soft_reset_forgets_everything() -> None:
    """0xB6 to 0xE0 clears settings and results and shows that the calibration is being copied for 2 ms; another byte does nothing."""
    bench = I2cBench("bmp280", 0x76)
    bench.write(0xF5, 0x10)
    bench.write(0xF4, 0x25)
    bench.later(10)
    bench.write(0xE0, 0x55)
    assert bench.read(1, 0xF5) == b"\x10"
    bench.write(0xE0, 0xB6)
    assert bench.read(3, 0xF3) == b"\x01\0\0"
    assert bench.read(6, 0xF7) == NOTHING
    bench.later(2)
    assert bench.read(1, 0xF3) == b"\0"


def test_write_takes_registers_and_values_in_turn() -> None:
    """One write sets config and ctrl_meas, each after its register's number. Source: section 5.2.1."""
    bench = I2cBench("bmp280", 0x76)
    bench.write(0xF5, 0xA0, 0xF4, 0x24)
    assert bench.read(2, 0xF4) == b"\x24\xa0"
    assert bench.read(1, 0xF5, 0x40, 0xD0) == b"\x58"
    assert bench.read(1, 0xF5) == b"\x40"


GUEST = """
from machine import I2C, Pin
from struct import unpack
import time
i2c = I2C(0, scl=Pin(22), sda=Pin(21))
t1, t2, t3 = unpack("<Hhh", i2c.readfrom_mem(0x76, 0x88, 6))
i2c.writeto_mem(0x76, 0xF4, b"\\x25")
while i2c.readfrom_mem(0x76, 0xF3, 1)[0] & 8:
    time.sleep_ms(1)
raw = int.from_bytes(i2c.readfrom_mem(0x76, 0xFA, 3), "big") >> 4
above = raw / 16384 - t1 / 1024
print("%.1f" % ((above * t2 + above * above / 64 * t3) / 5120))
"""


def test_program_on_the_board_measures_what_was_set(tmp_path: Path) -> None:
    """A small driver that polls the measuring bit prints the temperature of the surroundings."""
    assert run_wired(tmp_path, world_of(placed("it", "bmp280", BUS)), GUEST, temperature="31.4").strip() == "31.4"
