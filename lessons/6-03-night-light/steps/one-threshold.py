from machine import ADC, Pin
import time

led = Pin(2, Pin.OUT)
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)

while True:
    light = sensor.read_u16()
    print("light:", light)
    if light < 20000:
        GAP_1
    else:
        GAP_2
    time.sleep(0.1)
