# caught by: waves
import time
from machine import Pin
from lovhe.drivers.hcsr04 import HcSr04

sensor = HcSr04(trigger=18, echo=19)
warning = Pin(25, Pin.OUT)
begun = time.ticks_ms()
points = []


def line(points):
    x1, y1 = points[0]
    x2, y2 = points[-1]
    slope = (y2 - y1) / (x2 - x1)
    return slope, y1 - slope * x1


def worst(points, slope, start):
    return max([abs(y - start - slope * x) for x, y in points])


while True:
    seconds = time.ticks_diff(time.ticks_ms(), begun) / 1000
    points.append((seconds, 100 - sensor.distance_cm()))
    points = points[-10:]
    if len(points) == 10:
        slope, start = line(points)
        off = worst(points, slope, start)
        print(f"slope: {slope:.2f}  residual: {off:.2f}")
        if slope > 1:
            left = (80 - points[-1][1]) / slope
            print(f"wait: {left:.1f}  plusminus: {off / slope:.1f}")
            warning.value(left < 4)
        else:
            warning.off()
    time.sleep_ms(80)
