from machine import PWM, Pin
import time

bell = PWM(Pin(25), duty_u16=0)
button = Pin(4, Pin.IN, Pin.PULL_UP)

tones = [523, 659, 784]
before = 1

while True:
    now = button.value()
    if before == 1 and now == 0:
        for number in range(3):
            bell.freq(tones[number])
            bell.duty_u16(10000)
            time.sleep(0.2)
        bell.duty_u16(0)
    before = now
    time.sleep(0.1)
