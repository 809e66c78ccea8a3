"""The text display LCD1602 (HD44780) with an I2C board of a PCF8574 on its back (addresses 0x27 and 0x3F)."""

from time import sleep_ms

from micropython import const

from lovhe.drivers import find

_RS = const(1)  # lines of the PCF8574: text, not a command
_E = const(4)  # the display takes over what is there when E falls
_LIGHT = const(8)
_CLEAR = const(0x01)
_SET_LETTER = const(0x40)
_SET_PLACE = const(0x80)
# What the display's ROM (A00) has beside ASCII, and has in place of \ ~ and DEL.
_ROM = "°öüäµñπΩ÷→←"
_ROM_CODES = b"\xdf\xef\xf5\xe1\xe4\xee\xf7\xf4\xfd\x7e\x7f"


class Lcd1602:
    """Two rows of 16 letters; `columns` and `rows` are for an LCD2004, 20 and 4. Azerbaijani and Russian letters that the display
    does not know are drawn, up to eight different ones at a time; when there are more, the nearest Latin letter stands for the rest.

    A row takes about 10 ms. The PCF8574 is made for I2C at 100 kHz: I2C(0, scl=…, sda=…, freq=100000). If nothing is seen, turn the
    screw on its back (contrast). Raises OSError (ENODEV) when the part does not answer.

    Source: Hitachi HD44780U ADE-207-272(Z) rev. 0.0, tables 2, 4, 6 (letters, commands), figure 24 (start); NXP PCF8574 rev. 5.
    """

    def __init__(self, i2c, columns=16, rows=2, address=None):
        self._i2c = i2c
        self._columns = columns
        self._rows = rows
        self._address = find(i2c, "LCD1602", address, (0x27, 0x3F))
        self._light = _LIGHT
        self._bytes = bytearray(5)
        self._nibble = memoryview(self._bytes)[:3]
        self._shown = bytearray(columns * rows)
        self._drawn = [""] * 8
        sleep_ms(40)
        for half in (0x30, 0x30, 0x30, 0x20):  # whatever it did before: eight bits, then four
            self._bytes[0] = self._bytes[2] = half | self._light
            self._bytes[1] = half | self._light | _E
            i2c.writeto(self._address, self._nibble)
            sleep_ms(5)
        for command in (0x28, 0x08, 0x06):  # two rows of 5×8 dots, off, to the right
            self._send(command)
        self.clear()
        self._send(0x0C)  # on, without a cursor

    def write(self, text, row=0, column=0):
        """Write a text or a number from that row and column on, counted from 0; the rest of the row is cleared. "\\n" begins the next row.

        What does not fit is left out. Raises ValueError for a place outside the display.
        """
        for name, place, count in (("row", row, self._rows), ("column", column, self._columns)):
            if not 0 <= place < count:
                raise ValueError("%s must be from 0 to %d" % (name, count - 1))
        for line in str(text).split("\n")[: self._rows - row]:
            self._line(line, row, column)
            row += 1
            column = 0

    def clear(self):
        """Show nothing. Blocks for 2 ms."""
        for place in range(len(self._shown)):
            self._shown[place] = 32
        self._send(_CLEAR)
        sleep_ms(2)

    def backlight(self, on):
        """Switch the light behind the letters on or off."""
        self._light = _LIGHT if on else 0
        self._bytes[0] = self._light
        self._i2c.writeto(self._address, self._nibble[:1])

    def _line(self, text, row, column):
        shown = self._shown
        first = place = row * self._columns + column
        end = (row + 1) * self._columns
        for old in range(first, end):  # letters drawn for what is now cleared make room
            shown[old] = 32
        for letter in text[: end - first]:
            shown[place] = self._code(letter)
            place += 1
        # Rows 2 and 3 are what follows rows 0 and 1 in the chip's memory.
        self._send(_SET_PLACE | (row & 1) << 6 | (row >> 1) * self._columns + column)
        for place in range(first, end):
            self._send(shown[place], _RS)

    def _code(self, letter):
        """The display's code for a letter; draws it first if need be."""
        code = ord(letter)
        if 32 <= code < 126 and code != 92:
            return code
        if letter in _ROM:
            return _ROM_CODES[_ROM.find(letter)]
        from lovhe.drivers import letters

        if letters.drawing(letter) is None:
            return ord(letters.nearest(letter))
        if letter in self._drawn:
            return self._drawn.index(letter)
        slot = self._free_slot()
        if slot < 0:
            return ord(letters.nearest(letter))
        self._drawn[slot] = letter
        self._send(_SET_LETTER | slot << 3)
        for dots in letters.drawing(letter):
            self._send(dots, _RS)
        return slot

    def _free_slot(self):
        """The first place for a drawn letter that is nowhere on the display; -1 if there is none."""
        used = 0
        for code in self._shown:
            if code < 8:
                used |= 1 << code
        for slot in range(8):
            if not used >> slot & 1:
                return slot
        return -1

    def _send(self, byte, kind=0):
        kind |= self._light
        out = self._bytes
        high = byte & 0xF0 | kind
        low = byte << 4 & 0xF0 | kind
        out[0] = out[2] = high
        out[1] = high | _E
        out[3] = low | _E
        out[4] = low
        self._i2c.writeto(self._address, out)
