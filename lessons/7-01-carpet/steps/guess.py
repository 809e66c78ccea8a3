from machine import Pin
from neopixel import NeoPixel

carpet = NeoPixel(Pin(4), 8)

carpet[0] = (60, 0, 0)
carpet[3] = (60, 60, 0)
carpet.write()
