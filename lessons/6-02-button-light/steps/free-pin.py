from machine import Pin
import time

button = Pin(4, Pin.IN)

while True:
    print("button:", button.value())
    time.sleep(0.2)
