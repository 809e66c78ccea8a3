# caught by: border
from machine import Pin
from neopixel import NeoPixel
import time

carpet = NeoPixel(Pin(4), 8)

while True:
    for i in range(4):
        carpet[i] = (60 - 20 * i, 0, 20 * i)
        carpet[7 - i] = (60 - 20 * i, 0, 20 * i)
    carpet.write()
    time.sleep(1)
    carpet.fill((0, 0, 0))
    carpet.write()
    time.sleep(1)
