# caught by: blinks
from machine import Pin
import time

led = Pin(2, Pin.OUT)

led.on()
time.sleep(0.5)
led.off()
time.sleep(0.5)
