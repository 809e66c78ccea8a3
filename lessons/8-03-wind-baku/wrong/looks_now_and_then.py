# caught by: counts
from machine import Pin
import time

METRES = 1.3

wheel = Pin(27, Pin.IN, Pin.PULL_UP)
storm = Pin(23, Pin.OUT, value=0)
speeds = []

while True:
    turns = 0
    for _ in range(10):
        if wheel.value() == 0:
            turns += 1
        time.sleep(0.1)
    speed = turns * METRES
    speeds.append(speed)
    mean = sum(speeds[-4:]) / len(speeds[-4:])
    print(f"turns: {turns}, speed: {speed:.1f}, mean: {mean:.1f}")
    storm.value(speed >= 8)
