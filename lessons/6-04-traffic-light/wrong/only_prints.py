# caught by: red-then-green
from machine import Pin
import time

red = Pin(25, Pin.OUT)
yellow = Pin(26, Pin.OUT)
green = Pin(27, Pin.OUT)

long_time = 0.8
short_time = 0.4

while True:
    print("red")
    time.sleep(long_time)
    print("green")
    time.sleep(long_time)
