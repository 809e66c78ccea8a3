from machine import Pin
import time

button = Pin(4, Pin.IN, Pin.PULL_UP)

while True:
    print("button:", button.value())
    time.sleep(0.2)
