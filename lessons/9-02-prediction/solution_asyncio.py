import asyncio
from time import ticks_diff, ticks_ms
from machine import Pin
from lovhe.drivers.hcsr04 import HcSr04

warning = Pin(25, Pin.OUT)
sensor = HcSr04(18, 19)
begun = ticks_ms()
times = []
levels = []


async def measure():
    while True:
        times.append(ticks_diff(ticks_ms(), begun) / 1000)
        levels.append(100 - sensor.distance_cm())
        if len(times) > 10:
            times.pop(0)
            levels.pop(0)
        await asyncio.sleep_ms(90)


async def think():
    while True:
        await asyncio.sleep_ms(700)
        if len(times) < 10:
            continue
        now = times[-1]
        ages = [t - now for t in times]
        mean_age = sum(ages) / 10
        mean = sum(levels) / 10
        top = sum([(a - mean_age) * y for a, y in zip(ages, levels)])
        slope = top / sum([(a - mean_age) ** 2 for a in ages])
        here = mean - slope * mean_age
        off = [abs(y - here - slope * a) for a, y in zip(ages, levels)]
        residual = max(off)
        print(f"slope: {slope:.2f} residual: {residual:.2f}")
        rises = slope > 1
        if rises:
            wait = (80 - here) / slope
            print(f"wait: {wait:.1f} plusminus: {residual / slope:.1f}")
        warning.value(rises and wait < 4)


async def main():
    await asyncio.gather(measure(), think())


asyncio.run(main())
