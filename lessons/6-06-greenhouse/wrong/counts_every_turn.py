# caught by: next-day
from machine import ADC, Pin
import time

sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)
pump = Pin(25, Pin.OUT)
warning = Pin(26, Pin.OUT)

count = 0

while True:
    soil = sensor.read_u16()
    print("soil:", soil)
    count = count + 1
    if soil > 42000:
        pump.on()
        if count > 6:
            warning.on()
    elif soil < 34000:
        pump.off()
        warning.off()
        count = 0
    time.sleep(0.5)
