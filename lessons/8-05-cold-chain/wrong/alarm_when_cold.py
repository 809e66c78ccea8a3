# caught by: mean-of-all
from machine import Pin
import ds18x20
import onewire
import time

bus = ds18x20.DS18X20(onewire.OneWire(Pin(4)))
rom = bus.scan()[0]
alarm = Pin(23, Pin.OUT, value=0)


def yesterday():
    with open("fridge.txt", "w") as file:
        for row in (4.0, 4.5, 5.0, 5.5, 6.0, 9.5, 8.5, 7.0, 5.5, 4.5):
            file.write(f"{row}\n")


def measure():
    bus.convert_temp()
    time.sleep_ms(750)
    return bus.read_temp(rom)


def write(temperature):
    with open("fridge.txt", "a") as file:
        file.write(f"{temperature:.1f}\n")


def read():
    values = []
    with open("fridge.txt") as file:
        for line in file:
            values.append(float(line))
    return values


yesterday()

while True:
    temperature = measure()
    write(temperature)
    values = read()
    mean = sum(values) / len(values)
    print(f"temperature: {temperature:.1f}")
    print(f"rows: {len(values)}")
    print(f"least: {min(values):.1f}")
    print(f"most: {max(values):.1f}, mean: {mean:.1f}")
    alarm.value(temperature < 8)
    time.sleep_ms(250)
