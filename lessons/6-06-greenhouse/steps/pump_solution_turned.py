from machine import ADC, Pin
import time

sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)
pump = Pin(25, Pin.OUT)

while True:
    soil = sensor.read_u16()
    if soil > 42000:
        pump.on()
    if soil < 34000:
        pump.off()
    print("soil:", soil)
    time.sleep(0.2)
