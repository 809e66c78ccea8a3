# caught by: mean-remembers
from machine import Pin
import time

METRES = 1.3
STORM = 8

wheel = Pin(27, Pin.IN, Pin.PULL_UP)
storm = Pin(23, Pin.OUT, value=0)
turns = 0
speeds = []
speed = 0


def passed(pin):
    global turns
    turns += 1


wheel.irq(passed, Pin.IRQ_FALLING)

second = time.ticks_ms()
flash = time.ticks_ms()

while True:
    now = time.ticks_ms()
    if time.ticks_diff(now, second) >= 1000:
        second = now
        speed = turns * METRES
        speeds.append(speed)
        if len(speeds) > 4:
            speeds.pop()
        mean = sum(speeds) / len(speeds)
        print(f"turns: {turns}, speed: {speed:.1f}, mean: {mean:.1f}")
        turns = 0
    if time.ticks_diff(now, flash) >= 200:
        flash = now
        if speed >= STORM:
            storm.value(not storm.value())
        else:
            storm.off()
    time.sleep_ms(10)
