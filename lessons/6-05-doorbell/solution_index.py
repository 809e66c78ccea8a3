from machine import PWM, Pin
import time

bell = PWM(Pin(25), duty_u16=0)
button = Pin(4, Pin.IN, Pin.PULL_UP)

tones = [523, 659, 784]

while True:
    if not button.value():
        for number in range(3):
            bell.freq(tones[number])
            bell.duty_u16(32768)
            time.sleep(0.4)
        bell.duty_u16(0)
