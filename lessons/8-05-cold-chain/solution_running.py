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


total = 0
least = most = None


def add(value):
    global total, least, most
    total += value
    if least is None or value < least:
        least = value
    if most is None or value > most:
        most = value


yesterday()
with open("fridge.txt") as file:
    for line in file:
        add(float(line))

while True:
    bus.convert_temp()
    time.sleep(0.8)
    value = bus.read_temp(rom)
    add(value)
    file = open("fridge.txt", "a")
    file.write(str(value) + "\n")
    file.close()
    print("temperature:", value)
    print("rows:", rows_in_file())
    print(f"newest: {newest_row()}")
    print("least:", least)
    print("most:", most)
    print("mean:", total / rows_in_file())
    if value > 8:
        alarm.on()
    else:
        alarm.off()
