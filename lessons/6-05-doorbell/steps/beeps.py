from machine import PWM, Pin
import time

bell = PWM(Pin(25), freq=523, duty_u16=0)

for turn in range(3):
    bell.duty_u16(32768)
    time.sleep(0.2)
    bell.duty_u16(0)
    time.sleep(0.2)
