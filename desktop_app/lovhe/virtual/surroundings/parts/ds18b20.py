"""A DS18B20: a thermometer on the 1-Wire bus, bit by bit, with a scratchpad, alarms and four resolutions.

Source: Maxim/Analog Devices, "DS18B20 Programmable Resolution 1-Wire Digital Thermometer": "64-Bit Lasered ROM Code", "Memory",
"ROM Commands", "Function Commands"; conversion times from "AC Electrical Characteristics"; 85 °C is what it holds after power-on.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import Any

from lovhe.virtual.crc8 import crc8
from lovhe.virtual.surroundings.nets import Signal
from lovhe.virtual.surroundings.parts.model import PartModel

_FAMILY = 0x28
_CONVERT, _WRITE, _READ, _COPY, _RECALL, _POWER = 0x44, 0x4E, 0xBE, 0x48, 0xB8, 0xB4
_SEARCH, _READ_ROM, _MATCH, _SKIP, _ALARM_SEARCH = 0xF0, 0x33, 0x55, 0xCC, 0xEC
_POWER_ON_RAW = 85 * 16
_DELIVERED = (0x4B, 0x46, 0x7F)
"""Alarm above 75 °C, below 70 °C, 12 bits: what the memory holds from the factory."""
_CONVERSION_US = (93_750, 187_500, 375_000, 750_000)
_RANGE_C = (-55.0, 125.0)


class Ds18b20(PartModel):
    """Follows the bus from a reset on; what it does with the next bit is `_step`, what it sends is `_out`."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        serial = self.option("rom") or self.site.random.getrandbits(48)
        self._rom = bytes([_FAMILY]) + serial.to_bytes(6, "little")
        self._rom += bytes([crc8(self._rom)])
        self._kept = bytearray(_DELIVERED)
        self._start()

    def _start(self) -> None:
        """Power has come."""
        self._raw = _POWER_ON_RAW
        self._settings = bytearray(self._kept)
        self._done_us = 0
        self._alarm = False
        self._fed = False
        self._idle()

    def _idle(self) -> None:
        """Hear nothing until the next reset."""
        self._bits: list[int] = []
        self._wanted = 0
        self._then: Callable[[int], None] | None = None
        self._out: list[int] = []
        self._search_bit = -1
        self._busy_answers = False

    def on_pin_change(self, part_pin: str, signal: Signal | None) -> None:
        """Without power it forgets all but its memory."""
        if part_pin in self.pins("supply") and self._fed and not self.powered():
            self._start()

    # The bus

    def on_onewire_reset(self, part_pin: str) -> bool:
        """It is there, and waits for a ROM command."""
        self._fed = True
        self._finish()
        self._idle()
        self._take(8, self._rom_command)
        return True

    def on_onewire_write(self, part_pin: str, bit: int) -> None:
        """One bit, the least significant of a byte first."""
        if self._search_bit >= 0:
            self._follow_search(bit)
            return
        if self._then is None:
            return
        self._bits.append(bit)
        if len(self._bits) == self._wanted:
            value = sum(one << place for place, one in enumerate(self._bits))
            then, self._then, self._bits = self._then, None, []
            then(value)

    def on_onewire_read(self, part_pin: str) -> int:
        """The next bit of what was asked for; while it measures 0, and 1 when it has nothing to say."""
        if self._out:
            return self._out.pop(0)
        if self._busy_answers:
            return int(self.site.now_us >= self._done_us)
        return 1

    def _take(self, bits: int, then: Callable[[int], None]) -> None:
        self._wanted, self._then, self._bits = bits, then, []

    def _send(self, data: bytes) -> None:
        self._out = [byte >> place & 1 for byte in data for place in range(8)]

    # Commands

    def _rom_command(self, command: int) -> None:
        if command == _SKIP:
            self._take(8, self._function)
        elif command == _MATCH:
            self._take(64, self._match)
        elif command == _READ_ROM:
            self._send(self._rom)
            self._take(8, self._function)
        elif command == _SEARCH or (command == _ALARM_SEARCH and self._alarm):
            self._search_bit = 0
            self._offer()

    def _match(self, rom: int) -> None:
        if rom == int.from_bytes(self._rom, "little"):
            self._take(8, self._function)

    def _offer(self) -> None:
        """In a search each part sends a bit of its ROM and then the same bit turned over."""
        bit = self._rom[self._search_bit >> 3] >> (self._search_bit & 7) & 1
        self._out = [bit, 1 - bit]

    def _follow_search(self, bit: int) -> None:
        if bit != self._rom[self._search_bit >> 3] >> (self._search_bit & 7) & 1:
            self._idle()
            return
        self._search_bit += 1
        if self._search_bit < 64:
            self._offer()
        else:
            self._search_bit = -1
            self._take(8, self._function)

    def _function(self, command: int) -> None:
        if command == _CONVERT:
            self._finish()
            self._done_us = self.site.now_us + _CONVERSION_US[self._resolution_bits() - 9]
            self._busy_answers = True
        elif command == _READ:
            self._send(self._scratchpad())
        elif command == _WRITE:
            self._take(24, self._write)
        elif command == _COPY:
            self._kept[:] = self._settings
        elif command == _RECALL:
            self._settings[:] = self._kept
        elif command == _POWER:
            self._out = []  # 1: it is fed by its supply pin

    def _write(self, value: int) -> None:
        self._settings[:] = value.to_bytes(3, "little")
        self._settings[2] = self._settings[2] & 0x60 | 0x1F

    def _scratchpad(self) -> bytes:
        data = self._raw.to_bytes(2, "little", signed=True) + bytes(self._settings) + b"\xff\x0c\x10"
        return data + bytes([crc8(data)])

    # Measuring

    def _resolution_bits(self) -> int:
        return 9 + (self._settings[2] >> 5 & 3)

    def next_change_us(self) -> int | None:
        """The end of a conversion."""
        return self._done_us or None

    def advance(self) -> None:
        """A conversion may have come to its end."""
        self._finish()

    def _finish(self) -> None:
        if not self._done_us or self.site.now_us < self._done_us:
            return
        self._done_us = 0
        celsius = min(max(float(self.values["temperature"]), _RANGE_C[0]), _RANGE_C[1])
        unused = 12 - self._resolution_bits()
        self._raw = floor(celsius * 16 + 0.5) >> unused << unused
        whole = self._raw >> 4
        high, low = (int.from_bytes(self._settings[place : place + 1], "little", signed=True) for place in (0, 1))
        self._alarm = whole >= high or whole <= low

    def state(self) -> dict[str, Any]:
        """What it measured last; 85 °C when nothing was."""
        return {"temperature_c": self._raw / 16, "rom": self._rom.hex()}


MODEL = Ds18b20
