# caught by: on-time
from machine import Pin
import time

led = Pin(2, Pin.OUT)

while True:
    led.on()
    time.sleep(0.05)
    led.off()
    time.sleep(0.05)
