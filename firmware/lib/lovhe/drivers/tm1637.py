"""The display of four seven-segment digits with a TM1637 chip."""

from time import sleep_us

from machine import Pin
from micropython import const

from lovhe.drivers import missing

_HALF_US = const(5)  # half a clock: slow enough for pull-ups of 10 kΩ, far from the chip's 500 kHz
_DATA = const(0x40)  # commands
_FIRST_DIGIT = const(0xC0)
_DISPLAY_ON = const(0x88)
_DOT = const(0x80)
_CHARACTERS = "0123456789ABCDEFGHIJLNOPRSTUY-_°"
_SEGMENTS = (  # bit 0 is the top, then clockwise; bit 6 the middle
    b"\x3f\x06\x5b\x4f\x66\x6d\x7d\x07\x7f\x6f\x77\x7c\x39\x5e\x79\x71\x3d\x76\x06\x1e\x38\x54\x5c\x73\x50\x6d\x78\x3e\x6e\x40\x08\x63"
)


class Tm1637:
    """Four places for digits, some letters, "-", "_" and "°", with a colon (on clock displays) or points.

    `show` takes about 3 ms. Raises OSError (ENODEV) when the part does not answer.

    Source: Titan Micro Electronics TM1637 V2.4, "Interface interpretation", "Data command", "Display control".
    """

    def __init__(self, clk, dio, brightness=7):
        self._clk = Pin(clk, Pin.OPEN_DRAIN, Pin.PULL_UP, value=1)
        self._dio = Pin(dio, Pin.OPEN_DRAIN, Pin.PULL_UP, value=1)
        self._digits = bytearray(5)
        self._digits[0] = _FIRST_DIGIT
        self._command = bytearray(1)
        self._brightness = 0
        self.brightness(brightness)
        self.clear()

    def show(self, value):
        """Show a number or a text at the right: 7, -12, 23.5, "12:34", "23°C". A number that is too long is shown as ----."""
        text = str(value)
        if not isinstance(value, str) and len(text.split(".")[0]) > 4:
            text = "----"
        digits = self._digits
        count = 0
        for letter in text:
            if letter in ":." and count:
                digits[count] |= _DOT
            elif count < 4:
                count += 1
                place = _CHARACTERS.find(letter.upper())
                digits[count] = _SEGMENTS[place] if place >= 0 else 0
            else:
                break
        empty = 4 - count
        if empty:
            for place in range(4, 0, -1):
                digits[place] = digits[place - empty] if place > empty else 0
        self._write()

    def clear(self):
        """Show nothing."""
        self.show("")

    def brightness(self, level):
        """Brightness from 0 (faint) to 7. Raises ValueError."""
        if not 0 <= level <= 7:
            raise ValueError("brightness must be from 0 to 7")
        self._brightness = level
        self._write()

    def _write(self):
        command = self._command
        command[0] = _DATA
        self._send(command)
        self._send(self._digits)
        command[0] = _DISPLAY_ON | self._brightness
        self._send(command)

    def _send(self, data):
        clk, dio = self._clk, self._dio
        dio(0)  # start: DIO falls while CLK is high
        answers = True
        for byte in data:
            for bit in range(8):  # lowest first
                clk(0)
                dio(byte >> bit & 1)
                sleep_us(_HALF_US)
                clk(1)
                sleep_us(_HALF_US)
            clk(0)
            dio(1)  # let go: the chip pulls it low when it has taken the byte
            sleep_us(_HALF_US)
            clk(1)
            sleep_us(_HALF_US)
            answers = answers and not dio()
        clk(0)
        dio(0)
        sleep_us(_HALF_US)
        clk(1)
        sleep_us(_HALF_US)
        dio(1)  # stop: DIO rises while CLK is high
        if not answers:
            raise missing("TM1637", "CLK, DIO, VCC, GND")
