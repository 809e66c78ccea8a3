from machine import Pin, time_pulse_us
import time

SLOPE = -30 / 1740
BED = 60

trigger = Pin(18, Pin.OUT)
echo = Pin(19, Pin.IN)
warning = Pin(23, Pin.OUT)
levels = []

while True:
    trigger.off()
    time.sleep_us(5)
    trigger.on()
    time.sleep_us(10)
    trigger.off()
    us = time_pulse_us(echo, 1)
    if 100 < us < 3500:
        levels.append(SLOPE * us + BED)
    if len(levels) == 4:
        mean = sum(levels) / 4
        print("level:", mean)
        if mean >= 30:
            warning.on()
        else:
            warning.off()
        levels.clear()
    time.sleep(0.06)
