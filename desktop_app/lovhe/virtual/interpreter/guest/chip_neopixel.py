# The chip's `neopixel`: chains of colour LEDs on one data pin.

from machine import bitstream


class NeoPixel:
    # Where red, green, blue and white lie in what is sent.
    ORDER = (1, 0, 2, 3)

    @micropython.native
    def __init__(self, pin, n, bpp=3, timing=1):
        self.pin = pin
        self.n = n
        self.bpp = bpp
        self.buf = bytearray(n * bpp)
        self.pin.init(pin.OUT)
        # Nanoseconds: high and low of a 0, high and low of a 1.
        if isinstance(timing, int):
            self.timing = (400, 850, 800, 450) if timing else (800, 1700, 1600, 900)
        else:
            self.timing = timing

    @micropython.native
    def __len__(self):
        return self.n

    @micropython.native
    def __setitem__(self, i, v):
        start = i * self.bpp
        for colour in range(self.bpp):
            self.buf[start + self.ORDER[colour]] = v[colour]

    @micropython.native
    def __getitem__(self, i):
        start = i * self.bpp
        return tuple(self.buf[start + self.ORDER[colour]] for colour in range(self.bpp))

    @micropython.native
    def fill(self, v):
        for i in range(self.n):
            self[i] = v

    @micropython.native
    def write(self):
        bitstream(self.pin, 0, self.timing, self.buf)
