from machine import PWM, Pin
import time

bell = PWM(Pin(25), duty_u16=0)
button = Pin(4, Pin.IN, Pin.PULL_UP)

length = 0.4

while True:
    if button.value() == 0:
        bell.freq(523)
        bell.duty_u16(32768)
        time.sleep(length)
        bell.freq(659)
        time.sleep(length)
        bell.freq(784)
        time.sleep(length)
        bell.duty_u16(0)
