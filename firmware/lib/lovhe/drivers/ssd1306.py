"""The graphic display with an SSD1306 chip, 128×64 or 128×32 dots, on I2C (addresses 0x3C and 0x3D)."""

import framebuf
from micropython import const

from lovhe.drivers import find

_WIDTH = const(128)


class Ssd1306(framebuf.FrameBuffer):
    """A picture to draw in, from (0, 0) at the top left; what is drawn is seen after `show`.

    All of framebuf's methods are there: fill, pixel, line, hline, vline, rect, ellipse, blit, scroll … A colour is 1 (lit) or 0. `show`
    takes about 30 ms with I2C at 400 kHz. Raises OSError (ENODEV) when the part does not answer, ValueError for another `height`.

    Source: Solomon Systech SSD1306 rev. 1.1, 8.1.5 (I2C), 8.5 (brightness), 9 (commands), application note "software configuration".
    """

    def __init__(self, i2c, height=64, address=None):
        if height not in (32, 64):
            raise ValueError("height must be 32 or 64")
        self._i2c = i2c
        self._address = find(i2c, "SSD1306", address, (0x3C, 0x3D))
        buffer = bytearray(_WIDTH * height // 8)
        super().__init__(buffer, _WIDTH, height, framebuf.MONO_VLSB)
        # Eight rows of dots at a time: a whole picture would take longer, at 100 kHz, than a transfer may.
        view = memoryview(buffer)
        self._pages = [[b"\x40", view[start : start + _WIDTH]] for start in range(0, len(buffer), _WIDTH)]
        self._window = bytes((0x00, 0x21, 0, _WIDTH - 1, 0x22, 0, height // 8 - 1))  # all columns, all pages
        pins = 0x12 if height == 64 else 0x02
        setup = (0x00, 0xAE, 0xD5, 0x80, 0xA8, height - 1, 0xD3, 0, 0x40, 0x8D, 0x14, 0x20, 0, 0xA1, 0xC8, 0xDA, pins, 0x81, 0xCF)
        i2c.writeto(self._address, bytes(setup + (0xD9, 0xF1, 0xDB, 0x30, 0xA4, 0xA6, 0x2E)))
        self.show()
        self.on(True)

    def text(self, text, x, y, colour=1):
        """Write `text` with its top left dot at (x, y); a letter is 8×8 dots. Azerbaijani and Russian letters can be written."""
        if len(text.encode()) == len(text):
            super().text(text, x, y, colour)
            return
        from lovhe.drivers import letters

        for letter in text:
            rows = None if ord(letter) < 128 else letters.drawing(letter)
            if rows:
                for row in range(8):
                    for column in range(5):
                        if rows[row] >> 4 - column & 1:
                            self.pixel(x + column + 1, y + row, colour)
            else:
                super().text(letter if ord(letter) < 128 else letters.nearest(letter), x, y, colour)
            x += 8

    def show(self):
        """Send the picture to the display."""
        self._i2c.writeto(self._address, self._window)
        for page in self._pages:
            self._i2c.writevto(self._address, page)

    def on(self, yes=True):
        """Switch the display on, or off; the picture stays."""
        self._i2c.writeto(self._address, b"\x00\xaf" if yes else b"\x00\xae")

    def brightness(self, level):
        """Brightness from 0 (faint) to 255. Raises ValueError."""
        if not 0 <= level <= 255:
            raise ValueError("brightness must be from 0 to 255")
        self._i2c.writeto(self._address, bytes((0x00, 0x81, level)))

    def invert(self, yes=True):
        """Show lit dots dark and dark ones lit."""
        self._i2c.writeto(self._address, b"\x00\xa7" if yes else b"\x00\xa6")
