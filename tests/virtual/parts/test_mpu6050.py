"""The MPU6050's registers, and what it feels when somebody tilts or shakes it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.virtual.parts.i2c_bench import BUS, I2cBench
from tests.virtual.wired_harness import placed, run_wired, world_of

PWR_MGMT_1, GYRO_CONFIG, ACCEL_CONFIG, SMPLRT_DIV, CONFIG = 0x6B, 0x1B, 0x1C, 0x19, 0x1A
NOISE_G, NOISE_DPS = 0.02, 0.5
"""What the noise never exceeds in these tests: more than six times its usual size."""


def awake() -> I2cBench:
    """A sensor that has been woken and has a sample."""
    bench = I2cBench("mpu6050", 0x68)
    bench.write(PWR_MGMT_1, 0)
    bench.later(10)
    return bench


def words(data: bytes) -> list[int]:
    """Numbers of two bytes, the high one first, with a sign."""
    return [int.from_bytes(data[place : place + 2], "big", signed=True) for place in range(0, len(data), 2)]


def felt_g(bench: I2cBench) -> list[float]:
    """Acceleration along x, y, z at the full scale of 2 g."""
    return [word / 16384 for word in words(bench.read(6, 0x3B))]


def turning_dps(bench: I2cBench) -> list[float]:
    """Rates about x, y, z at the full scale of 250 °/s."""
    return [word / 131 for word in words(bench.read(6, 0x43))]


def test_registers_after_power_on() -> None:
    """PWR_MGMT_1 is 0x40 and WHO_AM_I 0x68 at either address; all others are 0. Source: RM-MPU-6000A-00, section 3."""
    for address in (0x68, 0x69):
        bench = I2cBench("mpu6050", address, address=address)
        registers = bench.read(0x74, 0x00) + b"\0" + bench.read(1, 0x75)
        assert {place: byte for place, byte in enumerate(registers) if byte} == {0x6B: 0x40, 0x75: 0x68}


def test_it_sleeps_until_it_is_woken() -> None:
    """All results stay 0 while the sleep bit is set."""
    bench = I2cBench("mpu6050", 0x68)
    bench.later(1000)
    assert bench.read(14, 0x3B) == bytes(14)
    bench.write(PWR_MGMT_1, 0)
    bench.later(10)
    assert felt_g(bench) == pytest.approx([0, 0, 1], abs=NOISE_G)


def test_burst_holds_acceleration_temperature_and_rates() -> None:
    """Fourteen bytes from 0x3B on; the temperature is raw / 340 + 36.53 °C. Source: section 4.18."""
    bench = awake()
    x, y, z, temperature, *rates = words(bench.read(14, 0x3B))
    assert [x / 16384, y / 16384, z / 16384] == pytest.approx([0, 0, 1], abs=NOISE_G)
    assert temperature / 340 + 36.53 == pytest.approx(26.5, abs=0.5)
    assert [rate / 131 for rate in rates] == pytest.approx([0, 0, 0], abs=2 + NOISE_DPS)


@pytest.mark.parametrize("setting", [0, 1, 2, 3])
def test_full_scales(setting: int) -> None:
    """±2, 4, 8, 16 g and ±250, 500, 1000, 2000 °/s: each step halves the counts. Source: sections 4.4 and 4.5."""
    bench = awake()
    bench.write(ACCEL_CONFIG, setting << 3)
    bench.write(GYRO_CONFIG, setting << 3)
    bench.set("tilt_x", "60")
    bench.later(250)
    data = words(bench.read(14, 0x3B))
    assert data[1] / (16384 >> setting) == pytest.approx(math.sin(math.radians(30)), abs=NOISE_G)
    assert data[4] / (131 / 2**setting) == pytest.approx(120, abs=2 + NOISE_DPS)


@pytest.mark.parametrize(("tilt_x", "tilt_y"), [(0, 0), (30, 0), (-90, 0), (0, 45), (20, -70), (180, 0)])
def test_tilt_is_what_the_usual_formulas_give(tilt_x: float, tilt_y: float) -> None:
    """Roll is atan2(y, z), pitch atan2(-x, √(y² + z²)), as programs compute them."""
    bench = awake()
    bench.set("tilt_x", f"{tilt_x}")
    bench.set("tilt_y", f"{tilt_y}")
    bench.later(1000)
    x, y, z = felt_g(bench)
    roll, pitch = math.degrees(math.atan2(y, z)), math.degrees(math.atan2(-x, math.hypot(y, z)))
    assert abs((roll - tilt_x + 180) % 360 - 180) < 4
    assert pitch == pytest.approx(tilt_y, abs=3)


def test_state_tells_what_it_feels_without_noise() -> None:
    """At rest it is exactly 0, 0, 1 g, and no zero has a sign; tilted by 30° y feels half."""
    bench = awake()
    names = ("acceleration_x_g", "acceleration_y_g", "acceleration_z_g")
    assert [str(bench.state()[name]) for name in names] == ["0.0", "0.0", "1.0"]
    bench.set("tilt_x", "30")
    bench.later(600)
    assert [bench.state()[name] for name in names] == [0.0, 0.5, 0.866]


def test_rates_add_up_to_the_angle() -> None:
    """What the gyroscope says while a hand tilts it, less what it says at rest, sums up to the angle."""
    bench = awake()
    rest = sum(turning_dps(bench)[0] for _ in range(100) if not bench.later(10)) / 100
    bench.set("tilt_x", "90")
    angle = 0.0
    for _ in range(100):
        bench.later(10)
        angle += 0.01 * (turning_dps(bench)[0] - rest)
    assert angle == pytest.approx(90, abs=3)


def test_too_quick_a_turn_is_cut_off_at_full_scale() -> None:
    """360 °/s are more than ±250 can show."""
    bench = awake()
    bench.set("tilt_x", "180")
    bench.later(100)
    assert words(bench.read(2, 0x43)) == [32767]


def test_shaking_is_felt_on_all_axes_with_its_strength() -> None:
    """Shaken with 0.8 g, the deviation from rest comes up to 0.8 g and back, several times a second."""
    bench = awake()
    bench.set("shake", "0.8 g")
    deviations = []
    for _ in range(100):
        bench.later(10)
        x, y, z = felt_g(bench)
        deviations.append((x, y, z - 1))
    assert max(math.hypot(*one) for one in deviations) == pytest.approx(0.8, abs=0.05)
    for axis in range(3):
        assert max(one[axis] for one in deviations) > 0.3
        assert min(one[axis] for one in deviations) < -0.3


def test_noise_is_small_and_the_same_in_every_run() -> None:
    """Two runs of one circuit give the same numbers, which are not all alike."""
    runs = []
    for _ in range(2):
        bench = awake()
        runs.append([tuple(felt_g(bench)) for _ in range(20) if not bench.later(1)])
    assert runs[0] == runs[1]
    assert len(set(runs[0])) > 10


def test_samples_come_at_the_rate_that_is_set() -> None:
    """With the low-pass filter and a divider of 100 there are ten samples a second, and data-ready tells of each once."""
    bench = awake()
    bench.write(CONFIG, 3)
    bench.write(SMPLRT_DIV, 99)
    bench.later(99)
    bench.read(1, 0x3A)
    before = bench.read(14, 0x3B)
    assert bench.read(1, 0x3A) == b"\0"
    bench.later(1)
    assert bench.read(1, 0x3A) == b"\x01"
    assert bench.read(1, 0x3A) == b"\0"
    assert bench.read(14, 0x3B) != before


def test_standby_bits_stop_single_axes() -> None:
    """PWR_MGMT_2 holds the axes that it names: here all three of the accelerometer."""
    bench = awake()
    before = bench.read(14, 0x3B)
    bench.write(0x6C, 0x38)
    bench.later(100)
    after = bench.read(14, 0x3B)
    assert after[:6] == before[:6]
    assert after[6:] != before[6:]


def test_device_reset_puts_it_to_sleep() -> None:
    """Bit 7 of PWR_MGMT_1 gives all registers their first values."""
    bench = awake()
    bench.write(ACCEL_CONFIG, 0x18)
    bench.write(PWR_MGMT_1, 0x80)
    assert bench.read(1, ACCEL_CONFIG) == b"\0"
    assert bench.read(1, PWR_MGMT_1) == b"\x40"
    assert bench.read(14, 0x3B) == bytes(14)


def test_results_and_identity_cannot_be_written() -> None:
    """Writing to them changes nothing."""
    bench = awake()
    bench.write(0x75, 0x12)
    bench.write(0x3B, 0x12, 0x34)
    assert bench.read(1, 0x75) == b"\x68"
    assert bench.read(2, 0x3B) != b"\x12\x34"


GUEST = """
from machine import I2C, Pin
from struct import unpack
from math import atan2, degrees
import time
i2c = I2C(0, scl=Pin(22), sda=Pin(21), freq=400000)
i2c.writeto_mem(0x68, 0x6B, b"\\0")
time.sleep(1)
x, y, z, t, gx, gy, gz = unpack(">7h", i2c.readfrom_mem(0x68, 0x3B, 14))
print(round(degrees(atan2(y, z))), abs(gx) < 500)
"""


def test_program_on_the_board_finds_its_tilt(tmp_path: Path) -> None:
    """A program that unpacks fourteen bytes computes the angle at which the board is held."""
    angle, still = run_wired(tmp_path, world_of(placed("it", "mpu6050", BUS)), GUEST, tilt_x="25").split()
    assert abs(int(angle) - 25) <= 1
    assert still == "True"
