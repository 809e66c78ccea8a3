from machine import Pin
from neopixel import NeoPixel
import random
import time

bonfire = NeoPixel(Pin(4), 8)


def flame(i, heat):
    bonfire[i] = (20, heat, 0)


while True:
    for i in range(8):
        flame(i, random.randint(4, 14))
    bonfire.write()
    time.sleep(0.5)
