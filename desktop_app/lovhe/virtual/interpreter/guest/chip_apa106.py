# The chip's `apa106`: LEDs like NeoPixels with another order of colours.

from neopixel import NeoPixel


class APA106(NeoPixel):
    ORDER = (0, 1, 2, 3)
