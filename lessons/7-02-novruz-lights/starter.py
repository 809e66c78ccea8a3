from machine import PWM, Pin
from neopixel import NeoPixel
import random
import time

candle = PWM(Pin(18), freq=1000)
bonfire = NeoPixel(Pin(4), 8)


def glow(percent):
    candle.duty_u16(percent * 655)


def flame(i, heat):
    bonfire[i] = (90, heat, 0)


glow(25)
time.sleep(1)
# TODO

while True:
    time.sleep(0.1)
