# caught by: four-states
from machine import Pin
import time

red = Pin(25, Pin.OUT)
yellow = Pin(26, Pin.OUT)
green = Pin(27, Pin.OUT)

long_time = 0.8
short_time = 0.4

for turn in range(3):
    red.on()
    time.sleep(long_time)
    yellow.on()
    time.sleep(short_time)
    red.off()
    yellow.off()
    green.on()
    time.sleep(long_time)
    green.off()
    yellow.on()
    time.sleep(short_time)
    yellow.off()
