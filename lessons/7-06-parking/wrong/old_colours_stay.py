# caught by: nearer
from lovhe.drivers.hcsr04 import HcSr04
from machine import PWM, Pin
from neopixel import NeoPixel
import time

sensor = HcSr04(25, 26)
buzzer = PWM(Pin(27), freq=700, duty_u16=0)
strip = NeoPixel(Pin(4), 8)


def beep(pause):
    buzzer.duty_u16(32768)
    time.sleep(0.1)
    buzzer.duty_u16(0)
    time.sleep(pause)


def bar(count, colour):
    for i in range(count):
        strip[i] = colour
    strip.write()


while True:
    distance = sensor.distance_cm()
    if distance > 100:
        bar(8, (0, 60, 0))
        buzzer.duty_u16(0)
    elif distance > 50:
        bar(5, (60, 60, 0))
        beep(0.9)
    elif distance > 20:
        bar(3, (60, 0, 0))
        beep(0.1)
    else:
        bar(1, (60, 0, 0))
        buzzer.duty_u16(32768)
    time.sleep(0.05)
