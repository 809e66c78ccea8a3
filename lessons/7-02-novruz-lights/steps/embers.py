from machine import Pin
from neopixel import NeoPixel
import random
import time

bonfire = NeoPixel(Pin(4), 8)


def flame(i, heat):
    bonfire[i] = (90, heat, 0)


while True:
    for i in range(8):
        flame(i, random.randint(20, 60))
    bonfire.write()
    time.sleep(0.1)
