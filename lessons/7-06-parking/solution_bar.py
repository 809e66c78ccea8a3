from lovhe.drivers.hcsr04 import HcSr04
from machine import PWM, Pin
from neopixel import NeoPixel
import time

sensor = HcSr04(25, 26)
buzzer = PWM(Pin(27), freq=700)
strip = NeoPixel(Pin(4), 8)
changed = time.ticks_ms()


def bar(count, colour):
    for i in range(8):
        strip[i] = colour if i < count else (0, 0, 0)
    strip.write()


def beat(half_ms):
    global changed
    if time.ticks_diff(time.ticks_ms(), changed) >= half_ms:
        changed = time.ticks_ms()
        buzzer.duty_u16(32768 - buzzer.duty_u16())


while True:
    distance = sensor.distance_cm()
    if distance > 100:
        bar(8, (0, 40, 0))
        buzzer.duty_u16(0)
    elif distance > 50:
        bar(5, (40, 40, 0))
        beat(450)
    elif distance > 20:
        bar(3, (40, 0, 0))
        beat(120)
    else:
        bar(1, (40, 0, 0))
        buzzer.duty_u16(32768)
