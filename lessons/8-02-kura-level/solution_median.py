from machine import Pin, time_pulse_us
from time import sleep_ms, sleep_us

trigger = Pin(18, Pin.OUT, value=0)
echo = Pin(19, Pin.IN)
warning = Pin(23, Pin.OUT, value=0)


def ping():
    trigger.on()
    sleep_us(15)
    trigger.off()
    us = time_pulse_us(echo, 1, 38500)
    sleep_ms(60)
    return us


def middle_of(count):
    values = []
    for _ in range(count):
        values.append(ping())
    values.sort()
    return values[count // 2]


def straight(x, x1, y1, x2, y2):
    return (y2 - y1) * (x - x1) / (x2 - x1) + y1


while True:
    us = middle_of(3)
    level = straight(us, 1160, 40, 2900, 10)
    if us < 0 or us > 23000:
        print("no echo")
        warning.off()
        continue
    print("level: %d" % round(level))
    warning.value(1 if level > 29 else 0)
