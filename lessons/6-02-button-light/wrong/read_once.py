# caught by: on-while-pressed
from machine import Pin
import time

led = Pin(2, Pin.OUT)
button = Pin(4, Pin.IN, Pin.PULL_UP)

state = button.value()

while True:
    if state == 0:
        led.on()
    else:
        led.off()
    time.sleep(0.05)
