from machine import Pin
from time import sleep_ms, ticks_diff, ticks_ms

wheel = Pin(27, Pin.IN, Pin.PULL_UP)
storm = Pin(23, Pin.OUT)

before = 1
count = 0
total = 0
last = []
begun = ticks_ms()

while True:
    level = wheel.value()
    if before == 1 and level == 0:
        count += 1
    before = level
    if ticks_diff(ticks_ms(), begun) > 999:
        begun += 1000
        last.append(count)
        del last[:-4]
        print("turns:", count)
        print("speed: %.2f" % (count * 1.3))
        print("mean: %.2f" % (sum(last) / len(last) * 1.3))
        count = 0
    if last and last[-1] * 1.3 >= 8:
        storm.value(ticks_ms() % 400 < 200)
    else:
        storm.off()
    sleep_ms(2)
