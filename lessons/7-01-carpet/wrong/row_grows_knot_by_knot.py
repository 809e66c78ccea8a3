# caught by: border
from machine import Pin
from neopixel import NeoPixel
import time

carpet = NeoPixel(Pin(4), 8)

while True:
    for i in range(8):
        edge = min(i, 7 - i)
        carpet[i] = (60 - 20 * edge, 0, 20 * edge)
        carpet.write()
        time.sleep(0.12)
    for i in range(8):
        edge = min(i, 7 - i)
        carpet[i] = (60, 20 * edge, 0)
        carpet.write()
        time.sleep(0.12)
