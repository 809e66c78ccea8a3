from machine import Pin
import time

red = Pin(25, Pin.OUT)
yellow = Pin(26, Pin.OUT)
green = Pin(27, Pin.OUT)

green_time = 0.3
yellow_time = 0.2
red_time = GAP_1

while True:
    red.on()
    time.sleep(GAP_2)
    red.off()
    green.on()
    time.sleep(green_time)
    green.off()
    yellow.on()
    time.sleep(yellow_time)
    yellow.off()
