import time
from lovhe.drivers.hcsr04 import HcSr04

sensor = HcSr04(18, 19)

while True:
    level = 100 - sensor.distance_cm()
    print("level:", round(level, 1))
    time.sleep_ms(200)
