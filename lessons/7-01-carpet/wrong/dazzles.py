# caught by: shines
from machine import Pin
from neopixel import NeoPixel
import time

carpet = NeoPixel(Pin(4), 8)

while True:
    for i in range(4):
        carpet[i] = (255 - 80 * i, 0, 80 * i)
        carpet[7 - i] = (255 - 80 * i, 0, 80 * i)
    carpet.write()
    time.sleep(1)
    for i in range(4):
        carpet[i] = (255, 80 * i, 0)
        carpet[7 - i] = (255, 80 * i, 0)
    carpet.write()
    time.sleep(1)
