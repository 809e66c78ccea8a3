from machine import Pin
from neopixel import NeoPixel
from time import sleep_ms

carpet = NeoPixel(Pin(4), 8)


def knots(i, colour):
    carpet[i] = colour
    carpet[7 - i] = colour


def row(step):
    for i in range(4):
        knots(i, (90 - step * i, step * i, 0))
    carpet.write()
    sleep_ms(1000)


while True:
    row(30)
    row(20)
