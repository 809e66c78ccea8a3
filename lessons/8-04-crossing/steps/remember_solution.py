from machine import Pin
import time

yellow = Pin(26, Pin.OUT, value=0)
button = Pin(13, Pin.IN, Pin.PULL_UP)
requested = False

while True:
    if button.value() == 0:
        requested = True
    yellow.value(requested)
    time.sleep_ms(20)
