from machine import Pin
import time

yellow = Pin(26, Pin.OUT, value=0)
button = Pin(13, Pin.IN, Pin.PULL_UP)

while True:
    requested = button.value() == 0
    yellow.value(requested)
    time.sleep_ms(20)
