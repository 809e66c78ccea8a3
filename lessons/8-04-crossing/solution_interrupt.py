from machine import Pin
import time

pins = [Pin(number, Pin.OUT) for number in (25, 26, 27, 32, 33)]
button = Pin(13, Pin.IN, Pin.PULL_UP)
wanted = False


def request(pin):
    global wanted
    wanted = True


def show(pattern, seconds):
    for pin, sign in zip(pins, pattern):
        pin.value(sign == "1")
    time.sleep(seconds)


button.irq(request, Pin.IRQ_FALLING)

while True:
    show("00110", 1.5)
    while not wanted:
        time.sleep(0.05)
    wanted = False
    show("01010", 1)
    show("10010", 0.5)
    show("10001", 1.5)
    show("10010", 0.5)
