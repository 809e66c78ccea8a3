# caught by: every-press
from machine import PWM, Pin
import time

bell = PWM(Pin(25), duty_u16=0)
button = Pin(4, Pin.IN, Pin.PULL_UP)

while True:
    if button.value() == 0:
        for turn in range(3):
            for tone in [523, 659, 784]:
                bell.freq(tone)
                bell.duty_u16(32768)
                time.sleep(0.2)
                bell.duty_u16(0)
                time.sleep(0.05)
    time.sleep(0.05)
