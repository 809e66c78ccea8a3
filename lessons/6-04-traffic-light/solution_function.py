from machine import Pin
from time import sleep

red = Pin(25, Pin.OUT)
yellow = Pin(26, Pin.OUT)
green = Pin(27, Pin.OUT)


def show(r, y, g, seconds):
    red.value(r)
    yellow.value(y)
    green.value(g)
    sleep(seconds)


while True:
    show(1, 0, 0, 0.8)
    show(1, 1, 0, 0.4)
    show(0, 0, 1, 0.8)
    show(0, 1, 0, 0.4)
