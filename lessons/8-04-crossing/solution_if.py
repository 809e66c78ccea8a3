from machine import Pin
from time import sleep_ms, ticks_diff, ticks_ms

red = Pin(25, Pin.OUT)
yellow = Pin(26, Pin.OUT)
green = Pin(27, Pin.OUT)
stop = Pin(32, Pin.OUT)
walk = Pin(33, Pin.OUT)
button = Pin(13, Pin.IN, Pin.PULL_UP)


def show(r, y, g, w):
    walk.value(w)
    stop.value(1 - w)
    red.value(r)
    yellow.value(y)
    green.value(g)


state = 0
since = ticks_ms()
pressed = False
show(0, 0, 1, 0)

while True:
    pressed = pressed or button.value() == 0
    passed = ticks_diff(ticks_ms(), since)
    old = state
    if state == 0 and pressed and passed >= 1500:
        state = 1
        show(0, 1, 0, 0)
    elif state == 1 and passed >= 1000:
        state = 2
        show(1, 0, 0, 0)
    elif state == 2 and passed >= 500:
        state = 3
        pressed = False
        show(1, 0, 0, 1)
    elif state == 3 and passed >= 1500:
        state = 4
        show(1, 0, 0, 0)
    elif state == 4 and passed >= 500:
        state = 0
        show(0, 0, 1, 0)
    if state != old:
        since = ticks_ms()
    sleep_ms(10)
