"""A `neopixel` with the chip's interface, without pixels."""


class NeoPixel:
    ORDER = (1, 0, 2, 3)

    def __init__(self, pin, n, bpp=3):
        self.pin = pin
        self.n = n
        self.bpp = bpp
        self.buf = bytearray(n * bpp)

    def __setitem__(self, i, colour):
        for c in range(self.bpp):
            self.buf[i * self.bpp + self.ORDER[c]] = colour[c]

    def write(self):
        pass
