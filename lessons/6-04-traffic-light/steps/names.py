from machine import Pin
import time

red = Pin(25, Pin.OUT)
green = Pin(27, Pin.OUT)

red_time = 0.6
green_time = 0.4

while True:
    red.on()
    time.sleep(red_time)
    red.off()
    green.on()
    time.sleep(green_time)
    green.off()
