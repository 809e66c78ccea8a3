from machine import Pin
import time

red = Pin(25, Pin.OUT)
yellow = Pin(26, Pin.OUT)
green = Pin(27, Pin.OUT)

begin = time.ticks_ms()

while True:
    now = time.ticks_diff(time.ticks_ms(), begin) % 2400
    red.value(now < 1200)
    yellow.value(800 <= now < 1200 or now >= 2000)
    green.value(1200 <= now < 2000)
    time.sleep_ms(10)
