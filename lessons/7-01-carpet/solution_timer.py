from machine import Pin, Timer
from neopixel import NeoPixel
import time

carpet = NeoPixel(Pin(4), 8)
turn = 0


def weave(timer):
    global turn
    turn += 1
    for i in range(8):
        edge = min(i, 7 - i)
        if edge == 0:
            carpet[i] = (90, 0, 0)
        elif (edge + turn) % 2 == 0:
            carpet[i] = (0, 45, 45)
        else:
            carpet[i] = (0, 70, 0)
    carpet.write()


weave(None)
Timer(0).init(period=1000, callback=weave)

while True:
    time.sleep(1)
