from machine import ADC, Pin
import time

sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)

while True:
    light = sensor.read_u16()
    if light < 15000:
        print("night")
    elif light > 25000:
        print("day")
    time.sleep(0.2)
