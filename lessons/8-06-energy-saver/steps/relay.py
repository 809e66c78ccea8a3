from machine import Pin
import time

relay = Pin(26, Pin.OUT, value=1)

relay.value(0)

while True:
    time.sleep(1)
