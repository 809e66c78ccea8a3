# caught by: plays
from machine import PWM, Pin
import time

bell = Pin(25, Pin.OUT)
button = Pin(4, Pin.IN, Pin.PULL_UP)

while True:
    if button.value() == 0:
        for tone in [523, 659, 784]:
            bell.on()
            time.sleep(0.3)
            bell.off()
    time.sleep(0.05)
