from machine import Pin
import random
import time

light = Pin(18, Pin.OUT, value=0)
button = Pin(27, Pin.IN, Pin.PULL_UP)
pressed_at = None


def pressed(pin):
    global pressed_at
    if pressed_at is None:
        pressed_at = time.ticks_us()


button.irq(pressed, Pin.IRQ_FALLING)
times = []

while True:
    while button.value() == 0:
        time.sleep_ms(10)
    pressed_at = None
    time.sleep_ms(random.randrange(500, 801))
    if pressed_at is not None:
        continue
    light.on()
    lit_at = time.ticks_us()
    while pressed_at is None:
        time.sleep_ms(1)
    light.off()
    times.append(time.ticks_diff(pressed_at, lit_at) // 1000)
    print("reaction:", times[-1])
    if len(times) == 5:
        times.sort()
        print("best:", times[0])
        times.clear()
