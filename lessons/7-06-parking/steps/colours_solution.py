from lovhe.drivers.hcsr04 import HcSr04
from machine import Pin
from neopixel import NeoPixel
import time

sensor = HcSr04(25, 26)
strip = NeoPixel(Pin(4), 8)


def shine(red, green):
    strip.fill((red, green, 0))
    strip.write()


while True:
    distance = sensor.distance_cm()
    if distance < 50:
        shine(60, 0)
    else:
        shine(0, 60)
    time.sleep(0.1)
