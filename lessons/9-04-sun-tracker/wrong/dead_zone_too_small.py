# caught by: calm
import time
from machine import ADC, Pin
from lovhe.drivers.servo import Servo

east = ADC(Pin(34))
west = ADC(Pin(35))
panel = Servo(18)

ZONE = 1200
DARK = 8000


def calibrate():
    total = 0
    for _ in range(20):
        total = total + east.read_u16() - west.read_u16()
        time.sleep_ms(20)
    return total / 20


angle = 90
offset = calibrate()

while True:
    in_east = east.read_u16()
    in_west = west.read_u16()
    difference = in_east - in_west - offset
    if in_east < DARK and in_west < DARK:
        angle = 90
    elif difference > ZONE:
        angle = angle + 2
    elif difference < -ZONE:
        angle = angle - 2
    angle = max(20, min(160, angle))
    panel.angle(angle)
    print("angle:", angle)
    time.sleep_ms(50)
