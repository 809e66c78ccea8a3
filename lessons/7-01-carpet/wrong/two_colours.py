# caught by: colours
from machine import Pin
from neopixel import NeoPixel
import time

carpet = NeoPixel(Pin(4), 8)

while True:
    for i in range(8):
        carpet[i] = (0, 0, 60)
    carpet[0] = (60, 0, 0)
    carpet[7] = (60, 0, 0)
    carpet.write()
    time.sleep(1)
    for i in range(1, 7):
        carpet[i] = (0, 60, 0)
    carpet.write()
    time.sleep(1)
