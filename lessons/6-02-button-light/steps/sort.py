from machine import Pin
import time

button = Pin(4, Pin.IN, Pin.PULL_UP)

while True:
    if button.value() == 0:
        print("light: on")
    else:
        print("light: off")
    time.sleep(0.2)
