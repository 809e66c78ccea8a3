from machine import ADC, Pin
import time

sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)

while True:
    noise = sensor.read_u16()
    print("noise:", noise)
    time.sleep(0.1)
