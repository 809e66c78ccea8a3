from machine import Pin
from neopixel import NeoPixel

carpet = NeoPixel(Pin(4), 8)

for i in range(4):
    carpet[2 * i + 1] = (0, 60, 0)
carpet.write()
