# caught by: off-again
from machine import Pin
import time

led = Pin(2, Pin.OUT)
button = Pin(4, Pin.IN, Pin.PULL_UP)

before = 1

while True:
    now = button.value()
    if before == 1 and now == 0:
        led.value(not led.value())
    before = now
    time.sleep(0.05)
