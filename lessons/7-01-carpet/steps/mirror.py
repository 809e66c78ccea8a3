from machine import Pin
from neopixel import NeoPixel

carpet = NeoPixel(Pin(4), 8)

for i in range(GAP_1):
    carpet[i] = (60 - 20 * i, 0, 20 * i)
    carpet[GAP_2] = (60 - 20 * i, 0, 20 * i)
carpet.write()
