from machine import PWM, Pin
from neopixel import NeoPixel
import random
import time

candle = PWM(Pin(18))
candle.freq(500)
bonfire = NeoPixel(Pin(4), 8)


def glow(percent):
    candle.duty(percent * 1023 // 100)


def flame(i, heat):
    bonfire[i] = (70, heat, 0)
    bonfire.write()


for share in (1, 2, 3, 4):
    glow(25 * share)
    time.sleep(1)

while True:
    for i in range(8):
        flame(i, random.randint(20, 50))
        time.sleep(0.05)
