"""BH1750, MPU6050 and HC-SR04: the datasheets' examples, on fake wires."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(("answer", "lux"), [(b"\x83\x90", 28067), (b"\x01\x10", 227), (b"\xff\xff", 54612), (b"\x00\x00", 0)])
def test_light_as_the_datasheet_reckons_it(drive, answer, lux):
    """The two examples of BH1750FVI rev. D, and both ends of the range; at either address."""
    script = f"""
from lovhe.drivers.bh1750 import Bh1750
for address in (0x23, 0x5C):
    part = Told({answer!r})
    begun = fake_time.now_us
    sensor = Bh1750(I2C({{address: part}}))
    first = sensor.light()
    took = fake_time.now_us - begun
    tell(first, sensor.light(), took, fake_time.now_us - begun - took, [list(w) for w in part.written])
"""
    for first, second, took_us, again_us, written in drive(script):
        assert (first, second) == pytest.approx((lux, lux), abs=0.6)
        assert 180_000 <= took_us < 190_000
        assert again_us < 5_000
        assert written == [[1], [0x10]]


def test_motion_in_g_and_degrees(drive):
    """16,384 steps a g, 131 steps for 1 °/s, 340 steps a °C from 36.53 °C; negative ones have their sign."""
    script = """
from lovhe.drivers.mpu6050 import Mpu6050
part = Registers((0x3B, b"\\x40\\x00" b"\\xc0\\x00" b"\\x20\\x00" b"\\xfe\\xac" b"\\x00\\x83" b"\\xff\\x7d" b"\\x80\\x00"))
sensor = Mpu6050(I2C({0x69: part}))
tell(sensor.acceleration(), sensor.rotation(), sensor.temperature())
tell(part.written)
"""
    (acceleration, rotation, temperature), written = drive(script)
    assert acceleration == [1, -1, 0.5]
    assert rotation == pytest.approx([1, -1, -250.14], abs=0.01)
    assert temperature == pytest.approx(35.53, abs=0.001)
    assert written == [[0x6B, 1], [0x1B, 0], [0x1C, 0]]


def test_a_clock_chip_is_no_accelerometer(drive):
    """A DS3231 has the same address; its registers do not say back what is written here."""
    script = """
from lovhe.drivers.mpu6050 import Mpu6050
class Clock(Told):
    pass
try:
    Mpu6050(I2C({0x68: Clock(b"\\x00")}))
except OSError as e:
    tell(e.args)
"""
    assert drive(script) == [[19, "the part at 0x68 is no MPU6050."]]


@pytest.mark.parametrize(("echo_us", "cm"), [(580, 10), (116, 2), (17400, 300), (23200, 400), (38000, 400), (-1, 400)])
def test_distance_is_echo_by_58(drive, echo_us, cm):
    """The datasheet's µs / 58 within 1 %; beyond the range 400."""
    script = f"""
from lovhe.drivers.hcsr04 import HcSr04
Pin.senses[18] = lambda: 0
sensor = HcSr04(5, Pin(18))
pulse[0] = {echo_us}
tell(sensor.distance_cm())
"""
    assert drive(script)[0] == pytest.approx(cm, rel=0.01)


def test_warm_air_is_faster(drive):
    """0.18 % a degree: at 0 °C an echo of 5.8 ms is 96 cm, at 35 °C 102 cm."""
    script = """
from lovhe.drivers.hcsr04 import HcSr04
Pin.senses[18] = lambda: 0
sensor = HcSr04(5, 18)
pulse[0] = 5800
tell(sensor.distance_cm(0), sensor.distance_cm(35))
"""
    assert drive(script)[0] == pytest.approx([96.1, 102.2], abs=0.1)


def test_the_trigger_is_a_pulse_and_measurements_keep_apart(drive):
    """TRIG is high for at least 10 µs; a second measurement begins 60 ms after the first."""
    script = """
from lovhe.drivers.hcsr04 import HcSr04
Pin.senses[18] = lambda: 0
sensor = HcSr04(5, 18)
edges = []
Pin.listeners.append(lambda gpio, level: edges.append((fake_time.now_us, level)))
pulse[0] = 580
sensor.distance_cm()
sensor.distance_cm()
tell([(t - edges[0][0], level) for t, level in edges])
"""
    (up, down, again, _) = drive(script)[0]
    assert [up[1], down[1], again[1]] == [1, 0, 1]
    assert 10 <= down[0] < 100
    assert 59_000 <= again[0] < 70_000


@pytest.mark.parametrize(
    ("senses", "echo_us", "message"),
    [
        ("lambda: 0", -2, "HC-SR04 does not answer: check TRIG, ECHO, 5V, GND"),
        ("lambda: 1", 580, "HC-SR04 does not answer: check ECHO, GND"),
    ],
)
def test_a_silent_distance_sensor_says_what_to_check(drive, senses, echo_us, message):
    """No echo at all, or an echo line that is stuck."""
    script = f"""
from lovhe.drivers.hcsr04 import HcSr04
Pin.senses[18] = {senses}
pulse[0] = {echo_us}
try:
    HcSr04(5, 18).distance_cm()
except OSError as e:
    tell(e.args)
"""
    assert drive(script) == [[19, message]]


@pytest.mark.parametrize(
    ("module", "name", "message"),
    [
        ("bmp280", "Bmp280", "BMP280 at 0x76 or 0x77"),
        ("bme280", "Bme280", "BME280 at 0x76 or 0x77"),
        ("bh1750", "Bh1750", "BH1750 at 0x23 or 0x5c"),
        ("mpu6050", "Mpu6050", "MPU6050 at 0x68 or 0x69"),
        ("lcd1602", "Lcd1602", "LCD1602 at 0x27 or 0x3f"),
    ],
)
def test_a_missing_part_says_what_to_check(drive, module, name, message):
    """ENODEV, the part's name, where it was looked for, and the wires; an address that was given is the only one tried."""
    script = f"""
from lovhe.drivers.{module} import {name}
for address in (None, 0x11):
    try:
        {name}(I2C({{}}), address=address)
    except OSError as e:
        tell(e.args)
"""
    check = " does not answer: check SDA, SCL, 3V3, GND"
    assert drive(script) == [[19, message + check], [19, message.split()[0] + " at 0x11" + check]]
