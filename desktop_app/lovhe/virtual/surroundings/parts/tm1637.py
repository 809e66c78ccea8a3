"""A display of four seven-segment digits with a TM1637, bit by bit on its two wires.

Source: Titan Micro Electronics, "TM1637 LED drive control special circuit" V2.4: a start is DIO falling while CLK is high, a stop
DIO rising then; bits are taken at CLK's rise, the lowest first; after eight the chip holds DIO low from CLK's fall until it falls
again. Commands 0x40 (data: bit 2 fixed address), 0xC0 (address), 0x80 (display: bit 3 on, bits 0 to 2 pulse width 1, 2, 4, 10, 11,
12, 13, 14 sixteenths).
"""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.nets import HIGH_MV, Signal
from lovhe.virtual.surroundings.parts.model import PartModel

_SIXTEENTHS = (1, 2, 4, 10, 11, 12, 13, 14)
_DIGITS = 4
_REGISTERS = 6
_DOT = 0x80
_FIXED = 0x04
_SHAPES = {
    shape: letter
    for letter, shape in zip(
        "0123456789AbCdEFGHJLnoPrtUy-_°c", bytes.fromhex("3f065b4f666d7d077f6f777c395e79713d761e38545c7350783e6e40086358"), strict=True
    )
} | {0: " "}


class Tm1637(PartModel):
    """Answers each byte with an acknowledgement; keeps the picture without a program, as the chip does."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._clock = self._data = 1
        self._start()

    def _start(self) -> None:
        """Power has come: dark, with nothing in its registers."""
        self._segments = bytearray(_REGISTERS)
        self._command = 0x40
        self._display = 0
        self._fed = False
        self._end()

    def _end(self) -> None:
        self._listening = False
        self._bits: list[int] = []
        self._bytes: list[int] = []
        self._acknowledging = False

    def on_pin_change(self, part_pin: str, signal: Signal | None) -> None:
        """A clock, a bit, a start or a stop."""
        if part_pin in self.pins("supply"):
            if self._fed and not self.powered():
                self._start()
            return
        if part_pin not in ("CLK", "DIO") or not self.powered():
            return
        self._fed = True
        level = 1 if signal is None else int(signal.mv >= HIGH_MV / 2)
        if part_pin == "DIO":
            self._on_data(level)
        elif level != self._clock:
            self._clock = level
            self._on_clock(level)

    def _on_data(self, level: int) -> None:
        before, self._data = self._data, level
        if level == before or not self._clock or self._acknowledging:
            return
        self._end()
        self._listening = not level

    def _on_clock(self, level: int) -> None:
        if not self._listening:
            return
        if level:
            if not self._acknowledging:
                self._bits.append(self._data)
        elif self._acknowledging:
            self._acknowledging = False
            self._bits = []
        elif len(self._bits) == 8:
            self._take(sum(bit << place for place, bit in enumerate(self._bits)))
            self._acknowledging = True

    def _take(self, byte: int) -> None:
        self._bytes.append(byte)
        first = self._bytes[0]
        if len(self._bytes) == 1:
            if first & 0xC0 == 0x40:
                self._command = first
            elif first & 0xC0 == 0x80:
                self._display = first
            return
        if first & 0xC0 == 0xC0:
            place = first & 0x07
            place = place if self._command & _FIXED else place + len(self._bytes) - 2
            if place < _REGISTERS:
                self._segments[place] = byte

    def drive(self, part_pin: str) -> int | None:
        """The acknowledgement."""
        return 0 if part_pin == "DIO" and self._acknowledging and self.powered() else None

    def state(self) -> dict[str, Any]:
        """What the digits show: `text` with points, `segments` as bits from the top clockwise; brightness of what the chip can give."""
        on = bool(self._display & 0x08) and self.powered()
        shown = [segments if on else 0 for segments in self._segments[:_DIGITS]]
        return {
            "on": on,
            "brightness_percent": round(100 * _SIXTEENTHS[self._display & 7] / 16) if on else 0,
            "segments": shown,
            "text": "".join(_SHAPES.get(segments & ~_DOT, "?") + ("." if segments & _DOT else "") for segments in shown),
        }


MODEL = Tm1637
