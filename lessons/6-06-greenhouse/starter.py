from machine import ADC, Pin
import time

sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)
pump = Pin(25, Pin.OUT)
warning = Pin(26, Pin.OUT)

count = 0

while True:
    soil = sensor.read_u16()
    print("soil:", soil)
    # TODO
    time.sleep(0.5)
