from machine import ADC, Pin
import time

green = Pin(18, Pin.OUT)
yellow = Pin(19, Pin.OUT)
red = Pin(23, Pin.OUT)
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)

while True:
    total = 0
    loudest = 0
    for i in range(50):
        value = sensor.read_u16()
        total = total + value
        if value > loudest:
            loudest = value
        time.sleep(0.01)
    mean = total / 50
    print("mean:", mean)
    print("loudest:", loudest)
    red.value(mean > 35000)
    yellow.value(15000 < mean <= 35000)
    green.value(mean <= 15000)
