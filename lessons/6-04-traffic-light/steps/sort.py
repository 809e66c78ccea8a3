from machine import Pin
import time

red = Pin(25, Pin.OUT)
yellow = Pin(26, Pin.OUT)
green = Pin(27, Pin.OUT)

while True:
    red.on()
    time.sleep(0.5)
    red.off()
    green.on()
    time.sleep(0.5)
    green.off()
    yellow.on()
    time.sleep(0.2)
    yellow.off()
