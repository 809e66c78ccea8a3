"""An HD44780: the controller of text displays, joined to four wires of data.

Source: Hitachi, "HD44780U" ADE-207-272(Z) revision 0.0: table 6 (instructions and their times), "Reset Function", figures 5 to 7
(display memory and shifting), figure 9 and 24 (four-bit interface, initializing by instruction).
"""

from __future__ import annotations

from random import Random

from lovhe.virtual.surroundings.parts.hd44780_letters import BLOCK, letter

CLEAR_US = 1520
"""How long it is deaf after "clear display" and "return home"; no other instruction lasts as long as one byte on an I2C bus."""

_LINE = 40
_SECOND_LINE = 0x40
_OPEN_WIRES = 0x0F
"""D0 to D3 are not wired, and the controller pulls them up itself."""


class Hd44780:
    """One controller. `rs` says whether a byte is data (1) or an instruction (0); times are in µs on the part's own clock."""

    def __init__(self, random: Random) -> None:
        self._memory = bytearray(b" " * 2 * _LINE)
        self._own = bytearray(random.randbytes(64))
        self._address = 0
        self._at_own = False
        self._step = 1
        self._shifts = False
        self._shift = 0
        self.display_on = False
        self.two_lines = False
        self._eight_bits = True
        self._high: int | None = None
        self._read: tuple[int, bool] | None = None
        self.busy_until_us = 0

    # The wires

    def write_nibble(self, nibble: int, rs: bool, now_us: int) -> None:
        """E has fallen while R/W was low: four bits have come, which are a byte or half of one."""
        self._read = None
        if self._eight_bits:
            self._take(nibble << 4 | _OPEN_WIRES, rs, now_us)
        elif self._high is None:
            self._high = nibble
        else:
            byte, self._high = self._high << 4 | nibble, None
            self._take(byte, rs, now_us)

    def shown_nibble(self, rs: bool, now_us: int) -> int:
        """What it puts on D4 to D7 while R/W and E are high: the busy flag and the address, or what is in its memory."""
        if self._read is None:
            self._read = (self._load() if rs else self._address | (0x80 if now_us < self.busy_until_us else 0)), True
        byte, is_high = self._read
        return byte >> 4 if is_high else byte & 0xF

    def end_read(self, rs: bool) -> None:
        """E has fallen while R/W was high: the other half comes next, or the next byte."""
        if self._read is not None and self._read[1] and not self._eight_bits:
            self._read = self._read[0], False
            return
        self._read = None
        if rs:
            self._move(self._step)

    # What is seen

    def lines(self, columns: int, rows: int) -> list[str]:
        """What a glass of this size shows. One that nobody has set up shows dark blocks in its first line, as real ones do."""
        if not self.display_on:
            blocks = BLOCK if not self.two_lines else " "
            return [blocks * columns, *[" " * columns] * (rows - 1)]
        return [self._line(row, columns) for row in range(rows)]

    def _line(self, row: int, columns: int) -> str:
        if not self.two_lines and row % 2:
            return " " * columns
        length = _LINE if self.two_lines else 2 * _LINE
        first = _LINE * (row % 2)
        places = ((columns * (row // 2) + column + self._shift) % length for column in range(columns))
        return "".join(letter(self._memory[first + place], self._own) for place in places)

    # Instructions

    def _take(self, byte: int, rs: bool, now_us: int) -> None:
        if now_us < self.busy_until_us:
            return
        if rs:
            self._store(byte)
            return
        if byte in (1, 2, 3):
            self.busy_until_us = now_us + CLEAR_US
        self._obey(byte)

    def _obey(self, byte: int) -> None:
        if byte & 0x80:
            self._address, self._at_own = byte & 0x7F, False
        elif byte & 0x40:
            self._address, self._at_own = byte & 0x3F, True
        elif byte & 0x20:
            self._eight_bits, self.two_lines = bool(byte & 0x10), bool(byte & 0x08)
        elif byte & 0x10:
            self._cursor_or_display(to_right=bool(byte & 4), display=bool(byte & 8))
        elif byte & 0x08:
            self.display_on = bool(byte & 4)
        elif byte & 0x04:
            self._step, self._shifts = (1 if byte & 2 else -1), bool(byte & 1)
        elif byte:
            self._address, self._at_own, self._shift = 0, False, 0
            if byte == 1:
                self._memory[:] = b" " * len(self._memory)
                self._step = 1

    def _cursor_or_display(self, to_right: bool, display: bool) -> None:
        if display:
            self._shift += -1 if to_right else 1
        else:
            self._move(1 if to_right else -1)

    # Memory

    def _place(self) -> int | None:
        """Where the address is in the display's memory; None where there is none."""
        if not self.two_lines:
            return self._address if self._address < 2 * _LINE else None
        column = self._address % _SECOND_LINE
        return self._address // _SECOND_LINE * _LINE + column if column < _LINE else None

    def _load(self) -> int:
        if self._at_own:
            return self._own[self._address]
        place = self._place()
        return 0x20 if place is None else self._memory[place]

    def _store(self, byte: int) -> None:
        place = self._place()
        if self._at_own:
            self._own[self._address] = byte
        elif place is not None:
            self._memory[place] = byte
            if self._shifts:
                self._shift += self._step
        self._move(self._step)

    def _move(self, step: int) -> None:
        """The next address, from the end of one line to the begin of the other."""
        if self._at_own:
            self._address = (self._address + step) & 0x3F
            return
        addresses = [*range(_LINE), *range(_SECOND_LINE, _SECOND_LINE + _LINE)] if self.two_lines else list(range(2 * _LINE))
        if self._address in addresses:
            self._address = addresses[(addresses.index(self._address) + step) % len(addresses)]
        else:
            self._address = (self._address + step) & 0x7F
