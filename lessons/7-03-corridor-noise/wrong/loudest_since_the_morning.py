# caught by: quiet
from machine import ADC, Pin
import time

green = Pin(18, Pin.OUT)
yellow = Pin(19, Pin.OUT)
red = Pin(23, Pin.OUT)
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)
loudest = 0

while True:
    total = 0
    for i in range(20):
        value = sensor.read_u16()
        total = total + value
        loudest = max(loudest, value)
        time.sleep(0.025)
    mean = total // 20
    print("mean:", mean)
    print("loudest:", loudest)
    green.value(mean < 15000)
    yellow.value(15000 <= mean <= 35000)
    red.value(mean > 35000)
