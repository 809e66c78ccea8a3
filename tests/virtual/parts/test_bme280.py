"""What a BME280 has beyond a BMP280: humidity, its registers, and the trap that ctrl_hum waits for ctrl_meas."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.virtual.surroundings.parts.bosch_compensation import Calibration

from tests.virtual.parts.i2c_bench import BUS, I2cBench
from tests.virtual.wired_harness import placed, run_wired, world_of

CHIP = Calibration()


def humidity(data: bytes) -> float:
    """Relative humidity that a driver computes from registers 0xF7 to 0xFE."""
    t_fine = CHIP.fine_temperature(int.from_bytes(data[3:6], "big") >> 4)
    return CHIP.humidity_percent(int.from_bytes(data[6:8], "big"), t_fine)


def test_identity_and_humidity_calibration_share_a_register() -> None:
    """The id is 0x60; dig_H4 and dig_H5 have twelve bits each, and 0xE5 holds four of both. Source: BST-BME280-DS002, table 16."""
    bench = I2cBench("bme280", 0x76)
    assert bench.read(1, 0xD0) == b"\x60"
    h1 = bench.read(1, 0xA1)[0]
    e1, e2, h3, e4, e5, e6, h6 = bench.read(7, 0xE1)
    assert (h1, e1 | e2 << 8, h3, e4 << 4 | e5 & 0xF, e6 << 4 | e5 >> 4, h6) == CHIP.h


@pytest.mark.parametrize("percent", [0.0, 12.5, 45.0, 99.9, 100.0])
@pytest.mark.parametrize("celsius", [-10.0, 24.0, 60.0])
def test_driver_gets_back_the_humidity_that_was_set(percent: float, celsius: float) -> None:
    """Within the 0.008 % that the chip resolves, twice for rounding, at any temperature."""
    bench = I2cBench("bme280", 0x76)
    bench.set("humidity", f"{percent}")
    bench.set("temperature", f"{celsius}")
    bench.write(0xF2, 5)
    bench.write(0xF4, 0xB5)
    bench.later(120)
    assert humidity(bench.read(8, 0xF7)) == pytest.approx(percent, abs=0.016)


def test_humidity_setting_holds_once_ctrl_meas_is_written() -> None:
    """Written after ctrl_meas it changes nothing until ctrl_meas is written again. Source: section 5.4.3."""
    bench = I2cBench("bme280", 0x76)
    bench.write(0xF4, 0x25)
    bench.write(0xF2, 1)
    bench.later(20)
    assert bench.read(2, 0xFD) == b"\x80\0"
    assert bench.state()["humidity_percent"] is None
    bench.write(0xF4, 0x25)
    bench.later(20)
    assert humidity(bench.read(8, 0xF7)) == pytest.approx(45.0, abs=0.02)
    assert bench.state()["humidity_percent"] == 45.0


def test_humidity_makes_a_measurement_longer() -> None:
    """9.3 ms with all three at 1, and 2.9 ms less without humidity. Source: section 9.1, t_measure,max."""
    for osrs_h, busy_ms, free_ms in ((0, 6.3, 6.5), (1, 9.2, 9.4)):
        bench = I2cBench("bme280", 0x76)
        bench.write(0xF2, osrs_h)
        bench.write(0xF4, 0x25)
        bench.later(busy_ms)
        assert bench.read(1, 0xF3) == b"\x08"
        bench.later(free_ms - busy_ms)
        assert bench.read(1, 0xF3) == b"\0"


def test_two_longest_standby_settings_are_short_ones() -> None:
    """Settings 6 and 7 are 10 and 20 ms, unlike those of the BMP280. Source: table 27."""
    bench = I2cBench("bme280", 0x76)
    bench.write(0xF5, 6 << 5)
    bench.write(0xF4, 0x27)
    bench.later(8)
    assert bench.read(1, 0xF3) == b"\0"
    bench.later(10)
    assert bench.read(1, 0xF3) == b"\x08"


GUEST = """
from machine import SoftI2C, Pin
import time
i2c = SoftI2C(scl=Pin(22), sda=Pin(21))
i2c.writeto_mem(0x77, 0xE0, b"\\xb6")
time.sleep_ms(2)
i2c.writeto_mem(0x77, 0xF2, b"\\x01")
i2c.writeto_mem(0x77, 0xF4, b"\\x25")
time.sleep_ms(10)
print(hex(i2c.readfrom_mem(0x77, 0xD0, 1)[0]), list(i2c.readfrom_mem(0x77, 0xF7, 8)))
"""


def test_program_on_the_board_reads_eight_bytes(tmp_path: Path) -> None:
    """After a reset and one forced measurement, humidity is among the eight bytes of a burst read."""
    out = run_wired(tmp_path, world_of(placed("it", "bme280", BUS, address=0x77)), GUEST, humidity="63 %")
    chip, data = out.split(maxsplit=1)
    assert chip == "0x60"
    assert humidity(bytes(int(byte) for byte in data.strip().strip("[]").split(","))) == pytest.approx(63.0, abs=0.02)
