from lovhe.drivers.hcsr04 import HcSr04
from machine import PWM, Pin
import time

sensor = HcSr04(25, 26)
buzzer = PWM(Pin(27), freq=700, duty_u16=0)


def beep(pause):
    buzzer.duty_u16(32768)
    time.sleep(0.1)
    buzzer.duty_u16(0)
    time.sleep(pause)


while True:
    distance = sensor.distance_cm()
    if distance < GAP_1:
        beep(GAP_2)
