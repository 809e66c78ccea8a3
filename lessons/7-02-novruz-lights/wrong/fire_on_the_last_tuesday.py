# caught by: tuesdays
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


def tuesday(percent):
    glow(percent)
    time.sleep(1)


def fire():
    for i in range(8):
        flame(i, random.randint(20, 60))
    bonfire.write()


tuesday(25)
tuesday(50)
tuesday(75)
glow(100)

while True:
    fire()
    time.sleep(0.1)
