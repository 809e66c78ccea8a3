# caught by: border
from machine import Pin
from neopixel import NeoPixel
import time

carpet = NeoPixel(Pin(4), 8)

while True:
    for i in range(1, 5):
        carpet[i] = (75 - 15 * i, 0, 15 * i)
        carpet[8 - i] = (75 - 15 * i, 0, 15 * i)
    carpet.write()
    time.sleep(1)
    for i in range(1, 5):
        carpet[i] = (60, 15 * i, 0)
        carpet[8 - i] = (60, 15 * i, 0)
    carpet.write()
    time.sleep(1)
