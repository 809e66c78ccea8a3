from machine import ADC, Pin
import time

sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)

while True:
    soil = sensor.read_u16()
    print("soil:", soil)
    time.sleep(0.25)
