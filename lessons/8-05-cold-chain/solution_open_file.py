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


yesterday()

with open("fridge.txt") as file:
    values = [float(word) for word in file.read().split()]

log = open("fridge.txt", "a")

while True:
    bus.convert_temp()
    time.sleep(0.9)
    temperature = bus.read_temp(rom)
    values.append(temperature)
    log.write("%.2f\n" % temperature)
    log.flush()
    alarm.value(1 if temperature > 8 else 0)
    print("temperature: %.2f rows: %d" % (temperature, rows_in_file()))
    print(f"newest: {newest_row()}")
    print("least: %.2f most: %.2f" % (min(values), max(values)))
    print("mean: %.2f" % (sum(values) / len(values)))
