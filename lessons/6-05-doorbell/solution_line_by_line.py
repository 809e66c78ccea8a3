from machine import PWM, Pin
import time

bell = PWM(Pin(25), freq=523, duty_u16=0)
button = Pin(4, Pin.IN, Pin.PULL_UP)

while True:
    if button.value() == 0:
        bell.freq(523)
        bell.duty_u16(20000)
        time.sleep(0.5)
        bell.freq(659)
        time.sleep(0.5)
        bell.freq(784)
        time.sleep(0.5)
        bell.duty_u16(0)
