# caught by: reads-soil
from machine import ADC, Pin
import time

sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)
pump = Pin(25, Pin.OUT)
warning = Pin(26, Pin.OUT)

count = 0

while True:
    soil = sensor.read_u16()
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
    time.sleep(30)
