from machine import Pin
import time

led = Pin(2, Pin.OUT)
state = 0
last = time.ticks_ms()

while True:
    now = time.ticks_ms()
    if time.ticks_diff(now, last) >= 500:
        last = time.ticks_add(last, 500)
        state = 1 - state
        led.value(state)
