from machine import PWM, Pin
import time

candle = PWM(Pin(18), freq=1000, duty_u16=0)


def glow(percent):
    candle.duty_u16(percent * 655)


time.sleep(1)
glow(10)
time.sleep(1)
glow(100)
time.sleep(1)
