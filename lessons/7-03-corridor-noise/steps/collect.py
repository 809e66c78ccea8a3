from machine import ADC, Pin
import time
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)
while True:
    noise = []
    for i in range(20):
        noise.append(sensor.read_u16())
        time.sleep(0.025)
    print("mean:", sum(noise) // len(noise))
