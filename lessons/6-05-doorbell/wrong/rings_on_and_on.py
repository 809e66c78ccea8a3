# caught by: quiet-after
from machine import PWM, Pin
import time

bell = PWM(Pin(25), duty_u16=0)
button = Pin(4, Pin.IN, Pin.PULL_UP)

guest = 0

while True:
    if button.value() == 0:
        guest = 1
    if guest == 1:
        for tone in [523, 659, 784]:
            bell.freq(tone)
            bell.duty_u16(32768)
            time.sleep(0.3)
            bell.duty_u16(0)
    time.sleep(0.05)
