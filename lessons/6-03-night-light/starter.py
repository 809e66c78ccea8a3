from machine import ADC, Pin
import time

led = Pin(2, Pin.OUT)
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)

while True:
    light = sensor.read_u16()
    print("light:", light)
    # TODO
    time.sleep(0.3)
