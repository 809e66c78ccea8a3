from machine import PWM, Pin
import time

bell = PWM(Pin(25), duty_u16=0)

tone = 220

for turn in range(GAP_1):
    bell.freq(tone)
    bell.duty_u16(32768)
    time.sleep(0.4)
    bell.duty_u16(0)
    tone = tone * GAP_2
