from machine import Pin
from neopixel import NeoPixel
import time

carpet = NeoPixel(Pin(4), 8)

while True:
    for i in range(8):
        carpet[i] = (60, 0, 0)
    carpet.write()
    time.sleep(1)
    # TODO
