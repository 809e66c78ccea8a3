from lovhe.drivers.hcsr04 import HcSr04
import time

sensor = HcSr04(25, 26)

while True:
    print("distance:", sensor.distance_cm())
    time.sleep(0.2)
