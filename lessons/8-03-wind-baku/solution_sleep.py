from machine import Pin
import time

wheel = Pin(27, Pin.IN, Pin.PULL_UP)
storm = Pin(23, Pin.OUT)
turns = 0
old = []


def passed(pin):
    global turns
    turns = turns + 1


def wait_a_second(stormy):
    for _ in range(5):
        if stormy:
            storm.value(1 - storm.value())
        else:
            storm.value(0)
        time.sleep(0.2)


wheel.irq(trigger=Pin.IRQ_RISING, handler=passed)
speed = 0

while True:
    before = turns
    wait_a_second(speed >= 8)
    speed = (turns - before) * 1.3
    old = (old + [speed])[-4:]
    print("turns:", turns - before)
    print("speed:", speed)
    print("mean:", sum(old) / len(old))
