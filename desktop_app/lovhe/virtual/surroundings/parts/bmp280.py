"""A BMP280: temperature and pressure, on the level of its registers.

Source: Bosch Sensortec, "BMP280 Data sheet" BST-BMP280-DS001 revision 1.26: section 3.3 (oversampling, tables 4 and 5), 3.4 (filter),
3.6 (modes), 3.8 (measuring times), 4.3 (memory map). Times are the longest that the datasheet allows, so that a program that waits
too little is seen to do so.
"""

from __future__ import annotations

from typing import Any, ClassVar

from lovhe.virtual.surroundings.parts.bosch_compensation import RAW_BITS, Calibration, raw_pressure, raw_temperature
from lovhe.virtual.surroundings.parts.i2c_registers import RegisterPart

_CALIBRATION, _ID, _RESET, _STATUS, _CTRL_MEAS, _CONFIG, _DATA = 0x88, 0xD0, 0xE0, 0xF3, 0xF4, 0xF5, 0xF7
_RESET_WORD = 0xB6
_SLEEP, _NORMAL = 0, 3
_MEASURING, _COPYING = 0x08, 0x01
_START_UP_US = 2000
_SKIPPED = 0x80000
OVERSAMPLING = (0, 1, 2, 4, 8, 16, 16, 16)
_FILTER = (0, 2, 4, 8, 16, 16, 16, 16)
_FOLLOWED = 256
"""How many measurements in a row are followed one by one with the filter: more make no difference to the slowest one."""


class Bmp280(RegisterPart):
    """Measures on command (forced mode) or again and again (normal mode), and sleeps otherwise."""

    addresses: ClassVar[tuple[int, ...]] = (0x76, 0x77)
    chip_id = 0x58
    standby_us: tuple[int, ...] = (500, 62_500, 125_000, 250_000, 500_000, 1_000_000, 2_000_000, 4_000_000)
    calibration = Calibration()

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.power_up()

    def power_up(self) -> None:
        """Asleep, nothing measured."""
        self._ready_us = self.now_us + _START_UP_US
        self._ctrl_meas = self._config = 0
        self._ordered: int | None = None  # for ctrl_meas, once what is under way has ended
        self._begin_us = self._done = 0
        self._filtered: dict[str, float] = {}
        self.raw = {"temperature": _SKIPPED, "pressure": _SKIPPED}
        self.measured: dict[str, float] = {}

    # Registers

    def write(self, written: bytes) -> None:
        """Registers and their values in turn: a write does not count on by itself. Source: section 5.2.1."""
        for place in range(0, len(written), 2):
            self.pointer = written[place]
            for byte in written[place + 1 : place + 2]:
                self.write_register(self.pointer, byte)

    def write_register(self, register: int, byte: int) -> None:
        """Only reset, ctrl_meas and config can be written; a forced measurement comes to its end before ctrl_meas counts (section 3.6)."""
        if register == _RESET and byte == _RESET_WORD:
            self.power_up()
        elif register == _CTRL_MEAS:
            if self._measuring() and self._mode() != _NORMAL:
                self._ordered = byte
            else:
                self._begin(byte, self.now_us)
        elif register == _CONFIG:
            self._begin_us, self._done = self._begin_us + self._done * self._period_us(), 0
            self._config = byte & 0xFD

    def read_register(self, register: int) -> int:
        """Any register; those that the chip does not have read 0."""
        if _DATA <= register < _DATA + 8:
            return self._data_registers()[register - _DATA]
        if _CALIBRATION <= register < _CALIBRATION + 24:
            return self.calibration.low_registers()[register - _CALIBRATION]
        if register == _STATUS:
            return (_MEASURING if self._measuring() else 0) | (_COPYING if self.now_us < self._ready_us else 0)
        return {_ID: self.chip_id, _CTRL_MEAS: self._ctrl_meas, _CONFIG: self._config}.get(register, 0)

    def _data_registers(self) -> bytes:
        """Pressure, temperature, and what the BME280 has behind them."""
        return b"".join((self.raw[name] << 4).to_bytes(3, "big") for name in ("pressure", "temperature")) + bytes(2)

    # Time

    def _begin(self, ctrl_meas: int, moment_us: int) -> None:
        """Take new settings, and measure by them from a moment on."""
        self._ctrl_meas = ctrl_meas
        self._begin_us, self._done = moment_us, 0

    def _mode(self) -> int:
        return self._ctrl_meas & 3

    def _duration_us(self) -> int:
        """How long one measurement takes at most; 6.4 ms with all at 1, as table 13 has it. Source: BME280 datasheet, section 9.1."""
        temperature, pressure = self._oversampling("temperature"), self._oversampling("pressure")
        return 1250 + 2300 * temperature + (2300 * pressure + 575 if pressure else 0)

    def _period_us(self) -> int:
        return self._duration_us() + self.standby_us[self._config >> 5]

    def _measuring(self) -> bool:
        if self._mode() == _SLEEP:
            return False
        since_us = self.now_us - self._begin_us
        return (since_us % self._period_us() if self._mode() == _NORMAL else since_us) < self._duration_us()

    def refresh(self) -> None:
        """Take in the measurements that have ended."""
        mode, now_us, duration_us = self._mode(), self.now_us, self._duration_us()
        if mode == _SLEEP or now_us < self._begin_us + duration_us:
            return
        if mode != _NORMAL:
            self._measure(self._begin_us + duration_us // 2)
            self._ctrl_meas &= ~3
            if self._ordered is not None:
                ordered, self._ordered = self._ordered, None
                self._begin(ordered, self._begin_us + duration_us)
                self.refresh()
            return
        period_us = self._period_us()
        ended = (now_us - self._begin_us - duration_us) // period_us + 1
        followed = _FOLLOWED if self._filter_strength() else 1
        for number in range(max(self._done, ended - followed), ended):
            self._measure(self._begin_us + number * period_us + duration_us // 2)
        self._done = ended

    # Measuring

    def _oversampling(self, name: str) -> int:
        return OVERSAMPLING[self._ctrl_meas >> {"temperature": 5, "pressure": 2}[name] & 7]

    def _measure(self, moment_us: int) -> None:
        """One measurement of what the surroundings were at a moment."""
        values = self.values_at(moment_us)
        celsius = float(values["temperature"])
        t_fine = celsius * 5120
        if bits := self._bits("temperature"):
            raw = self._filter("temperature", raw_temperature(self.calibration, celsius, bits))
            t_fine = self.calibration.fine_temperature(raw)
            self.measured["temperature_c"] = round(t_fine / 5120, 2)
        if bits := self._bits("pressure"):
            raw = self._filter("pressure", raw_pressure(self.calibration, 100 * float(values["pressure"]), t_fine, bits))
            self.measured["pressure_hpa"] = round(self.calibration.pressure_pa(raw, t_fine) / 100, 2)
        self._measure_more(values, t_fine)

    def _measure_more(self, values: dict[str, Any], t_fine: float) -> None:
        """What else the chip measures."""

    def _bits(self, name: str) -> int:
        """How many bits the result has: one more for each doubling of the oversampling, all with the filter; 0 when it is not measured."""
        oversampling = self._oversampling(name)
        return 0 if not oversampling else RAW_BITS if self._filter_strength() else 15 + oversampling.bit_length()

    def _filter_strength(self) -> int:
        return _FILTER[self._config >> 2 & 7]

    def _filter(self, name: str, raw: int) -> int:
        strength = self._filter_strength()
        before = self._filtered.get(name)
        self._filtered[name] = raw if not strength or before is None else before + (raw - before) / strength
        self.raw[name] = round(self._filtered[name])
        return self.raw[name]

    def state(self) -> dict[str, Any]:
        """What it last measured, if anything."""
        self.refresh()
        return dict.fromkeys(("temperature_c", "pressure_hpa")) | self.measured


MODEL = Bmp280
