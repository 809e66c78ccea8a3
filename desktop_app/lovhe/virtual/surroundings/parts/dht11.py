"""A DHT11: temperature and humidity in whole numbers, once a second at most.

Source: Aosong, "DHT11 Product Manual": 0 to 50 °C, 20 to 90 % relative humidity, resolution 1, sampling period 1 s,
five bytes: humidity, its tenths (0), temperature, its tenths (0), their sum.
"""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.parts.model import PartModel

_PERIOD_US = 1_000_000
_TEMPERATURE_C = (0, 50)
_HUMIDITY_PERCENT = (20, 90)


class Dht11(PartModel):
    """Answers a start signal with what it measured; asked again too soon, with the same as before."""

    period_us = _PERIOD_US

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._measured: tuple[int, list[int]] | None = None

    def on_dht(self, part_pin: str) -> list[int] | None:
        """The five bytes with a right checksum; None without power."""
        if part_pin not in self.pins("data") or not self.powered():
            return None
        now_us = self.site.now_us
        if self._measured is None or not 0 <= now_us - self._measured[0] < self.period_us:
            self._measured = (now_us, self.measured_bytes())
        return list(self._measured[1])

    def measured_bytes(self) -> list[int]:
        """The five bytes for what surrounds it now."""
        humidity = _whole(float(self.values["humidity"]), _HUMIDITY_PERCENT)
        temperature = _whole(float(self.values["temperature"]), _TEMPERATURE_C)
        return [humidity, 0, temperature, 0, (humidity + temperature) & 0xFF]

    def told(self, data: list[int]) -> tuple[float, float]:
        """Humidity and temperature that these bytes tell."""
        return data[0], data[2]

    def state(self) -> dict[str, Any]:
        """What it last told the program, if anything."""
        humidity, temperature = (None, None) if self._measured is None else self.told(self._measured[1])
        return {"humidity_percent": humidity, "temperature_c": temperature}


def _whole(value: float, limits: tuple[int, int]) -> int:
    return min(max(int(value + 0.5), limits[0]), limits[1])


MODEL = Dht11
