from machine import Pin
import time

light = Pin(18, Pin.OUT)
button = Pin(27, Pin.IN, Pin.PULL_UP)

while True:
    light.off()
    start = time.ticks_ms()
    while time.ticks_diff(time.ticks_ms(), start) < 300:
        time.sleep_ms(5)
    light.on()
    time.sleep_ms(100)
