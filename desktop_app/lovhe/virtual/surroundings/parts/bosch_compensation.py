"""How a BMP280 or BME280 turns what it measured into numbers, and the way back: which number it gives for a temperature.

A driver computes temperature, pressure and humidity from raw numbers and from the calibration that each chip carries. The
model goes the other way by search, so that a driver gets what was set, as exactly as the chip resolves it.
Source: Bosch Sensortec, "BMP280 Data sheet" BST-BMP280-DS001 revision 1.26, section 3.11 (calibration words, formulas);
"BME280 Data sheet" BST-BME280-DS002 revision 1.23, section 4.2.2 and appendix A (humidity).
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

RAW_BITS = 20
HUMIDITY_BITS = 16


@dataclass(frozen=True, slots=True)
class Calibration:
    """One chip's calibration words, by their names in the datasheet (`t[0]` is dig_T1).

    Temperature and pressure are those of the BMP280's worked example (section 3.12); the datasheet of the BME280 has no
    example, so the humidity words are such as real chips carry.
    """

    t: tuple[int, ...] = (27504, 26435, -1000)
    p: tuple[int, ...] = (36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000)
    h: tuple[int, ...] = (75, 361, 0, 317, 50, 30)

    def low_registers(self) -> bytes:
        """Registers 0x88 to 0xA1: temperature, pressure, and at the end dig_H1."""
        return struct.pack("<HhhHhhhhhhhhxB", *self.t, *self.p, self.h[0])

    def high_registers(self) -> bytes:
        """Registers 0xE1 to 0xE7: dig_H2 to dig_H6; dig_H4 and dig_H5 have twelve bits and share 0xE5."""
        _, h2, h3, h4, h5, h6 = self.h
        return struct.pack("<hBBBBb", h2, h3, h4 >> 4 & 0xFF, (h4 & 0xF) | (h5 & 0xF) << 4, h5 >> 4 & 0xFF, h6)

    def fine_temperature(self, raw: int) -> float:
        """The datasheet's t_fine: 5120 times the temperature in °C."""
        t1, t2, t3 = self.t
        above = raw / 16384 - t1 / 1024
        return above * t2 + (above / 8) ** 2 * t3

    def pressure_pa(self, raw: int, t_fine: float) -> float:
        """The pressure, in Pa."""
        p1, p2, p3, p4, p5, p6, p7, p8, p9 = self.p
        warm = t_fine / 2 - 64000
        offset = (warm * warm * p6 / 32768 + warm * p5 * 2) / 4 + p4 * 65536
        slope = (1 + (p3 * warm * warm / 524288 + p2 * warm) / 524288 / 32768) * p1
        pressure = (1048576 - raw - offset / 4096) * 6250 / slope
        return pressure + (p9 * pressure * pressure / 2147483648 + pressure * p8 / 32768 + p7) / 16

    def humidity_percent(self, raw: int, t_fine: float) -> float:
        """The relative humidity, in per cent, before it is held within 0 and 100."""
        h1, h2, h3, h4, h5, h6 = self.h
        warm = t_fine - 76800
        growth = 1 + h6 / 67108864 * warm * (1 + h3 / 67108864 * warm)
        humidity = (raw - (h4 * 64 + h5 / 16384 * warm)) * h2 / 65536 * growth
        return humidity * (1 - h1 * humidity / 524288)


@lru_cache(maxsize=256)
def raw_temperature(chip: Calibration, celsius: float, bits: int = RAW_BITS) -> int:
    """The 20-bit number for a temperature, when only `bits` of it are resolved."""
    return _nearest(celsius * 5120, chip.fine_temperature, RAW_BITS, bits)


@lru_cache(maxsize=256)
def raw_pressure(chip: Calibration, pascal: float, t_fine: float, bits: int = RAW_BITS) -> int:
    """The 20-bit number for a pressure: the higher the pressure, the smaller."""
    return _nearest(-pascal, lambda raw: -chip.pressure_pa(raw, t_fine), RAW_BITS, bits)


@lru_cache(maxsize=256)
def raw_humidity(chip: Calibration, percent: float, t_fine: float) -> int:
    """The 16-bit number for a relative humidity."""
    return _nearest(percent, lambda raw: chip.humidity_percent(raw, t_fine), HUMIDITY_BITS, HUMIDITY_BITS)


def _nearest(wanted: float, rising: Callable[[int], float], all_bits: int, bits: int) -> int:
    """The raw number, a multiple of what `bits` of `all_bits` resolve, at which `rising` comes nearest to `wanted`."""
    numbers = range(0, 1 << all_bits, 1 << (all_bits - bits))
    place = min(bisect_left(numbers, wanted, key=rising), len(numbers) - 1)
    return min(numbers[max(place - 1, 0) : place + 1], key=lambda raw: abs(rising(raw) - wanted))
