from machine import Pin
from neopixel import NeoPixel
import time

carpet = NeoPixel(Pin(4), 8)
carpet[0] = (70, 0, 0)
carpet[7] = (70, 0, 0)

while True:
    carpet[1] = (0, 50, 0)
    carpet[2] = (0, 0, 50)
    carpet[3] = (40, 40, 40)
    carpet[4] = (40, 40, 40)
    carpet[5] = (0, 0, 50)
    carpet[6] = (0, 50, 0)
    carpet.write()
    time.sleep(1)
    carpet[1] = (0, 0, 50)
    carpet[2] = (0, 50, 0)
    carpet[5] = (0, 50, 0)
    carpet[6] = (0, 0, 50)
    carpet.write()
    time.sleep(1)
