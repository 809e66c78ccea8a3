"""A DHT22: temperature and humidity in tenths, every two seconds at most.

Source: Aosong, "AM2302 (DHT22) Product Manual": −40 to 80 °C, 0 to 99.9 % relative humidity, resolution 0.1, sampling period 2 s;
humidity and temperature as 16-bit tenths, the most significant bit of the temperature its sign, then the sum of the four bytes.
"""

from __future__ import annotations

from lovhe.virtual.surroundings.parts.dht11 import Dht11

_PERIOD_US = 2_000_000
_TEMPERATURE_C = (-40.0, 80.0)
_HUMIDITY_PERCENT = (0.0, 99.9)
_BELOW_ZERO = 0x8000


class Dht22(Dht11):
    """A DHT11 with finer numbers."""

    period_us = _PERIOD_US

    def measured_bytes(self) -> list[int]:
        """The five bytes for what surrounds it now."""
        humidity = _tenths(float(self.values["humidity"]), _HUMIDITY_PERCENT)
        celsius = _tenths(float(self.values["temperature"]), _TEMPERATURE_C)
        temperature = abs(celsius) | (_BELOW_ZERO if celsius < 0 else 0)
        data = [humidity >> 8, humidity & 0xFF, temperature >> 8, temperature & 0xFF]
        return [*data, sum(data) & 0xFF]

    def told(self, data: list[int]) -> tuple[float, float]:
        """Humidity and temperature that these bytes tell."""
        celsius = ((data[2] & 0x7F) << 8 | data[3]) / 10
        return (data[0] << 8 | data[1]) / 10, -celsius if data[2] & 0x80 else celsius


def _tenths(value: float, limits: tuple[float, float]) -> int:
    return round(10 * min(max(value, limits[0]), limits[1]))


MODEL = Dht22
