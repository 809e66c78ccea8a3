# caught by: one-shout
from machine import ADC, Pin
import time

green = Pin(18, Pin.OUT)
yellow = Pin(19, Pin.OUT)
red = Pin(23, Pin.OUT)
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)


def lamps(g, y, r):
    green.value(g)
    yellow.value(y)
    red.value(r)


while True:
    noise = []
    for i in range(20):
        noise.append(sensor.read_u16())
        time.sleep(0.025)
    mean = sum(noise) // len(noise)
    print("mean:", mean)
    print("loudest:", max(noise))
    if mean < 35000:
        lamps(1, 0, 0)
    else:
        lamps(0, 0, 1)
