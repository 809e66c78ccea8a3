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
    lamps(0, 0, 0)
    if mean < 15000:
        green.on()
    if mean >= 15000 and mean <= 35000:
        yellow.on()
    if mean > 35000:
        red.on()
