"""A BME280: a BMP280 that measures humidity too.

Source: Bosch Sensortec, "BME280 Data sheet" BST-BME280-DS002 revision 1.23: section 5.4 (registers, ctrl_hum), 9.1 (measuring time).
"""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.parts.bmp280 import OVERSAMPLING, Bmp280
from lovhe.virtual.surroundings.parts.bosch_compensation import raw_humidity

_DIG_H1, _DIG_H2, _CTRL_HUM = 0xA1, 0xE1, 0xF2
_SKIPPED = 0x8000


class Bme280(Bmp280):
    """Humidity is measured as `ctrl_hum` says once `ctrl_meas` has been written after it."""

    chip_id = 0x60
    standby_us = (500, 62_500, 125_000, 250_000, 500_000, 1_000_000, 10_000, 20_000)

    def power_up(self) -> None:
        """Asleep, nothing measured, humidity not wanted."""
        self._ctrl_hum = self._osrs_h = 0
        super().power_up()
        self.raw["humidity"] = _SKIPPED

    def write_register(self, register: int, byte: int) -> None:
        """As the BMP280, and ctrl_hum."""
        if register == _CTRL_HUM:
            self._ctrl_hum = byte & 7
        else:
            super().write_register(register, byte)

    def _begin(self, ctrl_meas: int, moment_us: int) -> None:
        super()._begin(ctrl_meas, moment_us)
        self._osrs_h = self._ctrl_hum

    def read_register(self, register: int) -> int:
        """As the BMP280, and what belongs to humidity."""
        if register == _DIG_H1:
            return self.calibration.low_registers()[-1]
        if _DIG_H2 <= register < _DIG_H2 + 7:
            return self.calibration.high_registers()[register - _DIG_H2]
        return self._ctrl_hum if register == _CTRL_HUM else super().read_register(register)

    def _data_registers(self) -> bytes:
        return super()._data_registers()[:6] + self.raw["humidity"].to_bytes(2, "big")

    def _duration_us(self) -> int:
        oversampling = OVERSAMPLING[self._osrs_h]
        return super()._duration_us() + (2300 * oversampling + 575 if oversampling else 0)

    def _measure_more(self, values: dict[str, Any], t_fine: float) -> None:
        if self._osrs_h:
            self.raw["humidity"] = raw_humidity(self.calibration, float(values["humidity"]), t_fine)
            percent = self.calibration.humidity_percent(self.raw["humidity"], t_fine)
            self.measured["humidity_percent"] = round(min(max(percent, 0.0), 100.0), 1)

    def state(self) -> dict[str, Any]:
        """What it last measured, if anything."""
        return {"humidity_percent": None} | super().state()


MODEL = Bme280
