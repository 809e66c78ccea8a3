from machine import Pin
from ds18x20 import DS18X20
from onewire import OneWire
import time

NAME = "fridge.txt"

bus = DS18X20(OneWire(Pin(4)))
sensors = bus.scan()
alarm = Pin(23, Pin.OUT)


def yesterday():
    with open("fridge.txt", "w") as file:
        for row in (4.0, 4.5, 5.0, 5.5, 6.0, 9.5, 8.5, 7.0, 5.5, 4.5):
            file.write(f"{row}\n")


yesterday()

rows = 0
total = 0
least = 1000
most = -1000


def add(value):
    global rows, total, least, most
    rows += 1
    total += value
    if value < least:
        least = value
    if value > most:
        most = value


file = open(NAME)
for line in file:
    add(float(line))
file.close()

while True:
    bus.convert_temp()
    time.sleep(0.8)
    value = bus.read_temp(sensors[0])
    add(value)
    file = open(NAME, "a")
    file.write(str(value) + "\n")
    file.close()
    print("temperature:", value)
    print("rows:", rows)
    print("least:", least)
    print("most:", most)
    print("mean:", total / rows)
    if value > 8:
        alarm.on()
    else:
        alarm.off()
