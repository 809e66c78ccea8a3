# caught by: next-evening
from machine import ADC, Pin
import time

led = Pin(2, Pin.OUT)
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)

while True:
    light = sensor.read_u16()
    if light < 20000:
        led.on()
    elif light > 25000:
        led.off()
    time.sleep(0.1)
