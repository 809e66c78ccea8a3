from machine import Pin, time_pulse_us
import time

SLOPE = -30 / 1740
BED = 60

trigger = Pin(18, Pin.OUT)
echo = Pin(19, Pin.IN)
warning = Pin(23, Pin.OUT)
level = 0

while True:
    trigger.on()
    time.sleep_us(10)
    trigger.off()
    us = time_pulse_us(echo, 1, 30000)
    if us > 0:
        level = SLOPE * us + BED
        print("level:", level)
        if level >= 30:
            warning.on()
        else:
            warning.off()
    time.sleep(0.1)
