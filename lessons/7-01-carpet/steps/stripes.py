from machine import Pin
from neopixel import NeoPixel

carpet = NeoPixel(Pin(4), 8)

for i in range(0, 8):
    carpet[i] = (0, 60, 0)
carpet.write()
