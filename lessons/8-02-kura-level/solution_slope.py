from machine import Pin
from lovhe.drivers.hcsr04 import HcSr04
import time

SLOPE = (40 - 10) / (20 - 50)

sensor = HcSr04(18, 19)
warning = Pin(23, Pin.OUT)


def level_of(distance):
    return 10 + SLOPE * (distance - 50)


while True:
    level = level_of(sensor.distance_cm())
    print("level:", level)
    if level >= 30:
        warning.on()
    else:
        warning.off()
    time.sleep(0.1)
