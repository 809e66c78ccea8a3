from machine import ADC, Pin
from lovhe.report import show
import time

pins = [Pin(18, Pin.OUT), Pin(19, Pin.OUT), Pin(23, Pin.OUT)]
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)
noise = []

while True:
    noise.append(sensor.read_u16())
    if len(noise) > 12:
        noise.pop(0)
    mean = sum(noise) / len(noise)
    show(mean=mean, loudest=max(noise))
    lit = 0
    if mean > 15000:
        lit = 1
    if mean > 35000:
        lit = 2
    for i in range(3):
        pins[i].value(i == lit)
    time.sleep(0.05)
