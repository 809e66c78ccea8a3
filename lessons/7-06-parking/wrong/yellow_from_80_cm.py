# caught by: nearer
from lovhe.drivers.hcsr04 import HcSr04
from machine import PWM, Pin
from neopixel import NeoPixel
import time

sensor = HcSr04(25, 26)
buzzer = PWM(Pin(27), freq=700, duty_u16=0)
strip = NeoPixel(Pin(4), 8)


def shine(red, green):
    strip.fill((red, green, 0))
    strip.write()


def beep(pause):
    buzzer.duty_u16(32768)
    time.sleep(0.1)
    buzzer.duty_u16(0)
    time.sleep(pause)


while True:
    distance = sensor.distance_cm()
    print("distance:", distance)
    if distance > 80:
        shine(0, 60)
        buzzer.duty_u16(0)
    elif distance > 50:
        shine(60, 60)
        beep(0.9)
    elif distance > 20:
        shine(60, 0)
        beep(0.1)
    else:
        shine(60, 0)
        buzzer.duty_u16(32768)
    time.sleep(0.05)
