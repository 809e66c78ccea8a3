# caught by: no-cheating
from machine import Pin
import random
import time

light = Pin(18, Pin.OUT)
button = Pin(27, Pin.IN, Pin.PULL_UP)


def wait_until(number):
    while button.value() != number:
        time.sleep_ms(1)


times = []
while True:
    early = False
    pause = random.randint(500, 800)
    start = time.ticks_ms()
    while time.ticks_diff(time.ticks_ms(), start) < pause:
        time.sleep_ms(1)
    if early:
        print("too early")
    else:
        light.on()
        start = time.ticks_ms()
        wait_until(0)
        reaction = time.ticks_diff(time.ticks_ms(), start)
        light.off()
        print("reaction:", reaction)
        times.append(reaction)
        if len(times) == 5:
            print("best:", min(times))
            times = []
