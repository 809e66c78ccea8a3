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
    # TODO
    time.sleep(0.1)
