# caught by: counts
from machine import Pin
import time

wheel = Pin(27, Pin.IN, Pin.PULL_UP)
storm = Pin(23, Pin.OUT, value=0)
turns = 0
begun = time.ticks_ms()

while True:
    if wheel.value() == 0:
        turns += 1
    if time.ticks_diff(time.ticks_ms(), begun) >= 1000:
        begun = time.ticks_ms()
        print("turns:", turns)
        print("speed:", turns * 1.3)
        storm.value(turns * 1.3 >= 8)
        turns = 0
    time.sleep_ms(5)
