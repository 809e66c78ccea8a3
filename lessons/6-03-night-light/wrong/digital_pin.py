# caught by: reads-light
from machine import Pin
import time

led = Pin(2, Pin.OUT)
sensor = Pin(34, Pin.IN)

while True:
    if sensor.value() == 0:
        led.on()
    else:
        led.off()
    time.sleep(0.1)
