from machine import Pin
import time

storm = Pin(23, Pin.OUT, value=0)

changed = time.ticks_ms()

while True:
    now = time.ticks_ms()
    if time.ticks_diff(now, changed) >= 200:
        changed = now
        storm.value(not storm.value())
    time.sleep_ms(10)
