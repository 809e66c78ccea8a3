"""A BH1750: a light sensor that counts, one command a byte.

Source: ROHM, "BH1750FVI" revision D (2011.11): "Instruction Set Architecture" (page 5), "Measurement mode explanation" and measuring
times (pages 2 and 6), "Illuminance" and "How to adjust the sensitivity" (pages 7 and 11). Times are the longest that the datasheet allows.
"""

from __future__ import annotations

from typing import Any, ClassVar

from lovhe.virtual.surroundings.parts.i2c_registers import I2cPart

_POWER_DOWN, _POWER_ON, _RESET = 0x00, 0x01, 0x07
_CONTINUOUS, _ONE_TIME = 0x10, 0x20
_H_MODE, _H_MODE_2, _L_MODE = 0, 1, 3
_COUNTS_PER_LX = 1.2
_USUAL_MTREG = 69
_H_US, _L_US = 180_000, 24_000
_L_STEP = 4
"""In L mode the lowest two bits are not resolved: 4 counts are the 4 lx, more or less, that the datasheet promises."""


class Bh1750(I2cPart):
    """Keeps the last result until the next measurement has ended; a measurement on command ends in power-down."""

    addresses: ClassVar[tuple[int, ...]] = (0x23, 0x5C)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.power_up()

    def power_up(self) -> None:
        """Powered down, with 0 as the result."""
        self._data = 0
        self._mtreg = _USUAL_MTREG
        self._command = _POWER_DOWN
        self._begin_us = 0
        self._light_lx: float | None = None

    def write(self, written: bytes) -> None:
        """One command: it takes no second one before the stop condition."""
        command = written[0]
        if command == _RESET:
            self._data = 0 if self._command != _POWER_DOWN else self._data
        elif command & 0xF8 == 0x40:
            self._set_mtreg(self._mtreg & 0x1F | (command & 7) << 5)
        elif command & 0xE0 == 0x60:
            self._set_mtreg(self._mtreg & 0xE0 | command & 0x1F)
        elif command in (_POWER_DOWN, _POWER_ON) or (command & 0x30 in (_CONTINUOUS, _ONE_TIME) and command & 0xCF in (0, 1, 3)):
            self._command = command
            self._begin_us = self.now_us

    def read(self, count: int) -> bytes:
        """The result, high byte first, again and again."""
        return (self._data.to_bytes(2, "big") * count)[:count]

    def refresh(self) -> None:
        """Take in the measurement that has ended last."""
        kind, duration_us = self._command & 0x30, self._duration_us()
        ended = (self.now_us - self._begin_us) // duration_us
        if not kind or not ended:
            return
        if kind == _ONE_TIME:
            self._measure(self._begin_us + duration_us // 2)
            self._command = _POWER_DOWN
        else:
            self._begin_us += ended * duration_us
            self._measure(self._begin_us - duration_us // 2)

    def state(self) -> dict[str, Any]:
        """What it last measured, if anything."""
        self.refresh()
        return {"light_lx": self._light_lx}

    def _set_mtreg(self, mtreg: int) -> None:
        self._mtreg = mtreg
        self._begin_us = self.now_us

    def _duration_us(self) -> int:
        usual_us = _L_US if self._command & 3 == _L_MODE else _H_US
        return max(usual_us * self._mtreg // _USUAL_MTREG, 1)

    def _measure(self, moment_us: int) -> None:
        counts_per_lx = _COUNTS_PER_LX * self._mtreg / _USUAL_MTREG * (2 if self._command & 3 == _H_MODE_2 else 1)
        counts = min(round(float(self.values_at(moment_us)["light"]) * counts_per_lx), 0xFFFF)
        self._data = counts - counts % _L_STEP if self._command & 3 == _L_MODE else counts
        self._light_lx = round(self._data / counts_per_lx, 1) if counts_per_lx else None


MODEL = Bh1750
