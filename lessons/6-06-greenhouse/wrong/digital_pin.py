# caught by: reads-soil
from machine import ADC, Pin
import time

sensor = Pin(34, Pin.IN)
pump = Pin(25, Pin.OUT)
warning = Pin(26, Pin.OUT)

count = 0

while True:
    soil = sensor.value()
    print("soil:", soil)
    if soil > 42000:
        pump.on()
        count = count + 1
    elif soil < 34000:
        pump.off()
        count = 0
    if count > 6:
        warning.on()
    else:
        warning.off()
    time.sleep(0.5)
