# caught by: next-evening
from machine import ADC, Pin
import time

led = Pin(2, Pin.OUT)
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)

while sensor.read_u16() >= 15000:
    time.sleep(0.1)
led.on()
while sensor.read_u16() <= 25000:
    time.sleep(0.1)
led.off()

while True:
    time.sleep(1)
