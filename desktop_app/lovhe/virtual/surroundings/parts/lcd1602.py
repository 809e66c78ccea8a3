"""A text display of 2 lines of 16 letters (or 4 of 20) behind a PCF8574, which makes eight wires of an I2C bus.

The wires of the usual backpack: P0 RS, P1 R/W, P2 E, P3 backlight, P4 to P7 the display's D4 to D7.
Source: NXP, "PCF8574; PCF8574A" revision 5, section 8 (quasi-bidirectional pins, high after power-on; each byte written is a new state).
"""

from __future__ import annotations

from typing import Any, ClassVar

from lovhe.virtual.surroundings.parts.hd44780 import Hd44780
from lovhe.virtual.surroundings.parts.i2c_registers import I2cPart

_RS, _READ, _ENABLE, _BACKLIGHT = 1, 2, 4, 8
_ALL_HIGH = 0xFF
_BYTE_US = 22
"""How long a byte takes at 400 kHz: within one transfer the states of the pins follow each other so fast at most."""


class Lcd1602(I2cPart):
    """Shows `lines`; `on` is the backlight."""

    addresses: ClassVar[tuple[int, ...]] = (*range(0x20, 0x28), *range(0x38, 0x40))

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._columns, self._rows = self.option("columns"), self.option("rows")
        self.power_up()

    def power_up(self) -> None:
        """All pins of the expander high, so the backlight is on. A board starts more slowly than the display does."""
        self._pins = _ALL_HIGH
        self._controller = Hd44780(self.site.random)

    def write(self, written: bytes) -> None:
        """Each byte is a new state of the eight pins; the display acts when E falls, on what the other wires had until then."""
        for later, byte in enumerate(reversed(range(len(written)))):
            before, self._pins = self._pins, written[later]
            if not before & _ENABLE or self._pins & _ENABLE:
                continue
            if before & _READ:
                self._controller.end_read(bool(before & _RS))
            else:
                self._controller.write_nibble(before >> 4, bool(before & _RS), self.now_us - byte * _BYTE_US)

    def read(self, count: int) -> bytes:
        """The pins: those written 0 are low, the others as high as the display lets them be."""
        pins = self._pins
        if pins & _READ and pins & _ENABLE:
            pins &= self._controller.shown_nibble(bool(pins & _RS), self.now_us) << 4 | 0x0F
        return bytes([pins]) * count

    def state(self) -> dict[str, Any]:
        """The letters that stand there, lit or not."""
        if not self._fed:
            return {"on": False, "lines": [" " * self._columns] * self._rows}
        return {"on": bool(self._pins & _BACKLIGHT), "lines": self._controller.lines(self._columns, self._rows)}


MODEL = Lcd1602
