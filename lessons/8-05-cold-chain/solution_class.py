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


class Log:
    def __init__(self, name):
        self.name = name

    def add(self, value):
        with open(self.name, "a") as file:
            print(value, file=file)

    def statistics(self):
        with open(self.name) as file:
            values = sorted(map(float, file))
        mean = sum(values) / len(values)
        return {"least": values[0], "most": values[-1], "mean": mean}


yesterday()
log = Log("fridge.txt")

while True:
    bus.convert_temp()
    time.sleep(1)
    temperature = bus.read_temp(rom)
    log.add(temperature)
    alarm(temperature > 8)
    print("temperature:", temperature)
    print("rows:", rows_in_file())
    print(f"newest: {newest_row()}")
    results = log.statistics()
    for name in results:
        print(name + ":", results[name])
