from machine import PWM, Pin
import time

bell = PWM(Pin(25), duty_u16=0)

tones = [523, 659, 784, 523 * 2]

for turn in range(4):
    bell.freq(tones[turn])
    bell.duty_u16(32768)
    time.sleep(0.3)

bell.duty_u16(0)
