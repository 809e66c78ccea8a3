from machine import ADC, Pin
import time

sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)
pump = Pin(25, Pin.OUT)

while True:
    soil = sensor.read_u16()
    if soil < 34000:
        pump.off()
    elif soil > 42000:
        pump.on()
    time.sleep(0.1)
