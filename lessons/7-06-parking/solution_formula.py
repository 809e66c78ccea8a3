from lovhe.drivers.hcsr04 import HcSr04
from machine import PWM, Pin
from neopixel import NeoPixel
from time import sleep

sensor = HcSr04(25, 26)
buzzer = PWM(Pin(27), freq=700)
strip = NeoPixel(Pin(4), 8)

while True:
    distance = sensor.distance_cm()
    red = distance <= 100
    green = distance > 50
    strip.fill((50 * red, 50 * green, 0))
    strip.write()
    if distance <= 100:
        buzzer.duty_u16(20000)
        sleep(0.05)
    if distance > 20:
        buzzer.duty_u16(0)
        sleep(min(1.2 * (distance / 100) ** 2, 1))
