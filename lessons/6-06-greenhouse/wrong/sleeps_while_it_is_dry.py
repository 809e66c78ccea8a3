# caught by: next-day
from machine import ADC, Pin
import time

sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)
pump = Pin(25, Pin.OUT)
warning = Pin(26, Pin.OUT)

while True:
    soil = sensor.read_u16()
    print("soil:", soil)
    if soil > 42000:
        pump.on()
        time.sleep(3)
        warning.on()
    elif soil < 34000:
        pump.off()
        warning.off()
    time.sleep(0.5)
