from machine import Pin
import random
import time

light = Pin(18, Pin.OUT)
button = Pin(27, Pin.IN, Pin.PULL_UP)


def wait_until(number):
    while button.value() != number:
        time.sleep_ms(1)


times = []
while True:
    wait_until(1)
    time.sleep_ms(500)
    light.on()
    wait_until(0)
    light.off()
    # TODO
