from machine import Pin
import time

METRES = 1.3

wheel = Pin(27, Pin.IN, Pin.PULL_UP)
storm = Pin(23, Pin.OUT, value=0)
turns = 0


def passed(pin):
    global turns
    turns += 1


wheel.irq(passed, Pin.IRQ_FALLING)

second = time.ticks_ms()

while True:
    now = time.ticks_ms()
    if time.ticks_diff(now, second) >= 1000:
        second = now
        print("turns:", turns)
        turns = 0
        # TODO
    time.sleep_ms(10)
