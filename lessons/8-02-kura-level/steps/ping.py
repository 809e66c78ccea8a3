from machine import Pin, time_pulse_us
import time

trigger = Pin(18, Pin.OUT, value=0)
echo = Pin(19, Pin.IN)

while True:
    trigger.on()
    time.sleep_us(10)
    trigger.off()
    us = time_pulse_us(echo, 1, 30000)
    print("echo:", us)
    time.sleep(0.2)
