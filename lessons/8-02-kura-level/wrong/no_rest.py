# caught by: low-water
from machine import Pin, time_pulse_us
import time

US_1, LEVEL_1 = 2900, 10
US_2, LEVEL_2 = 1160, 40
HIGH_WATER = 30

trigger = Pin(18, Pin.OUT)
echo = Pin(19, Pin.IN)
warning = Pin(23, Pin.OUT)


def echo_us():
    trigger.on()
    time.sleep_us(10)
    trigger.off()
    return time_pulse_us(echo, 1, 30000)


def level_of(us):
    slope = (LEVEL_2 - LEVEL_1) / (US_2 - US_1)
    return LEVEL_1 + slope * (us - US_1)


while True:
    us = echo_us()
    if us > 0:
        level = level_of(us)
        print(f"level: {level:.1f}")
        warning.value(level >= HIGH_WATER)
