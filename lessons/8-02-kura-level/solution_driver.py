from machine import Pin
from lovhe.drivers.hcsr04 import HcSr04
import time

BRIDGE_CM = 60

sensor = HcSr04(18, 19)
warning = Pin(23, Pin.OUT)

while True:
    level = BRIDGE_CM - sensor.distance_cm()
    print("level:", round(level))
    if level > 30:
        warning.on()
    else:
        warning.off()
    time.sleep(0.1)
