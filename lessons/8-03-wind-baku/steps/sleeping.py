from machine import Pin
import time

wheel = Pin(27, Pin.IN, Pin.PULL_UP)
turns = 0


def passed(pin):
    global turns
    turns += 1


wheel.irq(passed, Pin.IRQ_FALLING)

while True:
    time.sleep(1)
    print("turns:", turns)
    turns = 0
