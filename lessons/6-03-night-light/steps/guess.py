from machine import ADC, Pin
import time

sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)

while True:
    light = sensor.read_u16()
    print("light:", light)
    time.sleep(0.25)
