from machine import PWM, Pin
import time
candle = PWM(Pin(18), freq=1000, duty_u16=0)
def glow(percent):
    candle.duty_u16(percent * 655)
for percent in range(0, 101, 5):
    glow(percent)
    time.sleep(0.05)
