"""BMP280 and BME280: the datasheets' examples, on fake registers."""

from __future__ import annotations

from struct import pack

import pytest

# Source: BST-BMP280-DS001 rev. 1.23, 3.12.
EXAMPLE = (27504, 26435, -1000, 36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000)
RAW_T, RAW_P = 519888, 415148

# A calibration as parts have it: dig_H1 … dig_H6.
HUMID = (75, 362, 0, 313, 50, 30)


def raw20(value: int) -> bytes:
    """A raw value as its three registers hold it."""
    return bytes((value >> 12, value >> 4 & 255, value << 4 & 0xF0))


def part(chip: int = 0x58, raw_h: int = 0x8000, raw_t: int = RAW_T, humid: tuple[int, ...] = HUMID) -> str:
    """A script's line that puts such a part on a bus called `i2c`."""
    h1, h2, h3, h4, h5, h6 = humid
    contents = [
        (0x88, pack("<HhhHhhhhhhhh", *EXAMPLE)),
        (0xA1, bytes((h1,))),
        (0xD0, bytes((chip,))),
        (0xE1, pack("<hBbBbb", h2, h3, h4 >> 4, h4 & 15 | (h5 & 15) << 4, h5 >> 4, h6)),
        (0xF7, raw20(RAW_P) + raw20(raw_t) + raw_h.to_bytes(2, "big")),
    ]
    return f"part = Registers(*{contents!r})\ni2c = I2C({{0x76: part}})\n"


def test_the_datasheets_example(drive):
    """25.08 °C and 100,653.27 Pa (which the formula of 32 bits makes 100,656), of one measurement and of several."""
    script = "from lovhe.drivers.bmp280 import Bmp280\ns = Bmp280(i2c)\ntell(s.read())\ntell(s.temperature(), s.pressure())\n"
    for values in drive(part() + script):
        assert values == [25.08, 1006.53]


@pytest.mark.parametrize("humid", [HUMID, (0, 385, 12, -40, 900, -30), (75, 350, 5, 2047, -2048, 127)])
@pytest.mark.parametrize("raw_h", [0x0000, 0x5A00, 0x6C31, 0x8000, 0xFFFF])
def test_humidity_is_what_the_floating_point_formula_gives(drive_micropython, raw_h, humid):
    """The integer formula agrees with the datasheet's formula for doubles within 0.05 %, and stays within 0 and 100 %."""
    script = "from lovhe.drivers.bme280 import Bme280\ns = Bme280(i2c)\ntell(s.humidity())\ntell(s.read())\n"
    humidity, values = drive_micropython(part(0x60, raw_h, humid=humid) + script)
    assert humidity == pytest.approx(in_doubles(raw_h, humid), abs=0.05)
    assert values == [25.08, 1006.53, humidity]


def in_doubles(raw_h: int, humid: tuple[int, ...]) -> float:
    """The humidity by the formula for doubles. Source: BST-BME280-DS002 rev. 1.24, 8.1; 128422 is t_fine of the example."""
    h1, h2, h3, h4, h5, h6 = humid
    t = 128422 - 76800.0
    wet = (raw_h - (h4 * 64.0 + h5 / 16384.0 * t)) * (h2 / 65536.0 * (1.0 + h6 / 67108864.0 * t * (1.0 + h3 / 67108864.0 * t)))
    return min(max(wet * (1.0 - h1 * wet / 524288.0), 0.0), 100.0)


def test_frost_is_below_zero(drive):
    """A temperature below 0 °C has its sign, as in the datasheet's formula for doubles (BST-BMP280-DS001, 8.1)."""
    t1, t2, t3 = EXAMPLE[:3]
    celsius = ((400000 / 16384 - t1 / 1024) * t2 + (400000 / 131072 - t1 / 8192) ** 2 * t3) / 5120
    assert celsius < -10
    script = "from lovhe.drivers.bmp280 import Bmp280\ntell(Bmp280(i2c).temperature())\n"
    assert drive(part(raw_t=400000) + script)[0] == pytest.approx(celsius, abs=0.01)


def test_one_measurement_is_ordered_and_awaited(drive):
    """Humidity is switched on before the order to measure, and the result is read after the longest time it can take."""
    script = """
from lovhe.drivers.bme280 import Bme280
s = Bme280(i2c)
before = fake_time.now_us
s.temperature()
tell(part.written)
tell(fake_time.now_us - before)
"""
    written, took_us = drive(part(0x60) + script)
    assert written == [[0xF2, 0x01], [0xF4, 0x2D]]
    assert 16_200 <= took_us < 25_000


def test_a_bmp280_sold_as_a_bme280_is_told(drive):
    """The two look alike in a shop; only one measures humidity."""
    script = "from lovhe.drivers.bme280 import Bme280\ntry:\n    Bme280(i2c)\nexcept OSError as e:\n    tell(e.args)\n"
    assert drive(part(0x58) + script) == [[19, "the part at 0x76 is no BME280. It is a BMP280, without humidity."]]
    script = "from lovhe.drivers.bmp280 import Bmp280\ntell(Bmp280(i2c).temperature())\n"
    assert drive(part(0x60) + script)[0] == pytest.approx(25.08, abs=0.001)
