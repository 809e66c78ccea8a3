# caught by: falls
import time
from machine import Pin
from lovhe.drivers.hcsr04 import HcSr04

MARK = 80

sensor = HcSr04(18, 19)
warning = Pin(25, Pin.OUT)


def fit(xs, ys):
    mean_x = sum(xs) / len(xs)
    mean_y = sum(ys) / len(ys)
    top = 0
    bottom = 0
    for x, y in zip(xs, ys):
        top = top + (x - mean_x) * (y - mean_y)
        bottom = bottom + (x - mean_x) ** 2
    slope = top / bottom
    start = mean_y - slope * mean_x
    return slope, start


begun = time.ticks_ms()
times = []
levels = []

while True:
    seconds = time.ticks_diff(time.ticks_ms(), begun) / 1000
    level = 100 - sensor.distance_cm()
    times.append(seconds)
    levels.append(level)
    if len(times) >= 10:
        slope, start = fit(times, levels)
        residual = 0
        for x, y in zip(times, levels):
            residual = max(residual, abs(y - (start + slope * x)))
        print(f"slope: {slope:.2f}")
        print(f"residual: {residual:.2f}")
        if slope > 1:
            wait = (MARK - start - slope * seconds) / slope
            print(f"wait: {wait:.1f}")
            print(f"plusminus: {residual / slope:.1f}")
            warning.value(wait < 4)
        else:
            warning.off()
    time.sleep_ms(100)
