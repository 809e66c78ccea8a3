from machine import PWM, Pin
from neopixel import NeoPixel
import random
import time

candle = PWM(Pin(18))
bonfire = NeoPixel(Pin(4), 8)

for percent in range(25, 101, 25):
    candle.duty_u16(percent * 655)
    time.sleep(1)

while True:
    for i in range(8):
        bonfire[i] = (100, random.randint(25, 75), 0)
    bonfire.write()
    time.sleep(0.1)
