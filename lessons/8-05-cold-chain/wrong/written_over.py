# caught by: log-grows
from machine import Pin
import ds18x20
import onewire
import time

bus = ds18x20.DS18X20(onewire.OneWire(Pin(4)))
rom = bus.scan()[0]
alarm = Pin(23, Pin.OUT)


def yesterday():
    with open("fridge.txt", "w") as file:
        file.write("4.0\n4.5\n5.0\n5.5\n6.0\n9.5\n8.5\n7.0\n5.5\n4.5\n")


def rows_in_file():
    with open("fridge.txt") as file:
        return file.read().count("\n")


def newest_row():
    with open("fridge.txt") as file:
        return file.readlines()[-1].strip()


def measure():
    bus.convert_temp()
    time.sleep_ms(750)
    return bus.read_temp(rom)


def write(temperature):
    with open("fridge.txt", "w") as file:
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
    print(f"temperature: {temperature:.1f}")
    write(temperature)
    values = read()
    mean = sum(values) / len(values)
    print(f"least: {min(values):.1f}, most: {max(values):.1f}")
    print(f"mean: {mean:.1f}")
    alarm.value(temperature > 8)
    print(f"rows: {rows_in_file()}")
    print(f"newest: {newest_row()}")
    time.sleep_ms(100)
