from machine import Pin, time_pulse_us
from time import sleep_ms, sleep_us

trigger = Pin(18, Pin.OUT)
echo = Pin(19, Pin.IN)
warning = Pin(23, Pin.OUT)


def ping():
    trigger.on()
    sleep_us(15)
    trigger.off()
    us = time_pulse_us(echo, 1, 30000)
    sleep_ms(60)
    return us


def straight(x, x1, y1, x2, y2):
    return (y2 - y1) * (x - x1) / (x2 - x1) + y1


while True:
    times = []
    for _ in range(4):
        us = ping()
        if us > 0:
            times.append(us)
    if times:
        mean = sum(times) / len(times)
        level = straight(mean, 1160, 40, 2900, 10)
        print("level: %d" % round(level))
        warning.value(1 if level > 29 else 0)
