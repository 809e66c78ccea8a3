from machine import Pin
import time

METRES = 1.3

wheel = Pin(27, Pin.IN, Pin.PULL_UP)
turns = 0


def passed(pin):
    global turns
    turns += 1


wheel.irq(passed, Pin.IRQ_FALLING)

second = time.ticks_ms()

while True:
    now = time.ticks_ms()
    if time.ticks_diff(GAP_1, second) >= GAP_2:
        second = now
        speed = GAP_3
        print(f"turns: {turns}, speed: {speed:.1f}")
        GAP_4
    time.sleep_ms(10)
