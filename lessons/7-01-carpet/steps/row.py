from machine import Pin
from neopixel import NeoPixel
carpet = NeoPixel(Pin(4), 8)
for i in range(8):
    carpet[i] = (0, 0, 60)
carpet[0] = (60, 0, 0)
carpet[7] = (60, 0, 0)
carpet.write()
