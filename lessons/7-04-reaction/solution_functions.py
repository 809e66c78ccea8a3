from machine import Pin
from random import randint
from time import sleep_ms, ticks_add, ticks_diff, ticks_ms

light = Pin(18, Pin.OUT, value=0)
button = Pin(27, Pin.IN, Pin.PULL_UP)


def pressed():
    return not button.value()


def calm_wait():
    while True:
        while pressed():
            sleep_ms(5)
        until = ticks_add(ticks_ms(), randint(500, 800))
        while ticks_diff(until, ticks_ms()) > 0 and not pressed():
            sleep_ms(5)
        if not pressed():
            return


def one_round():
    calm_wait()
    light.on()
    start = ticks_ms()
    while not pressed():
        sleep_ms(2)
    light.off()
    return ticks_diff(ticks_ms(), start)


while True:
    times = [one_round()]
    print("reaction=%d" % times[0])
    while len(times) < 5:
        times.append(one_round())
        print("reaction=%d" % times[-1])
    print("best=%d" % sorted(times)[0])
