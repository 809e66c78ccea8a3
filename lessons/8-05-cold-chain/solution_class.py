from machine import Pin
import ds18x20
import onewire
import time


def yesterday():
    with open("fridge.txt", "w") as file:
        for row in (4.0, 4.5, 5.0, 5.5, 6.0, 9.5, 8.5, 7.0, 5.5, 4.5):
            file.write(f"{row}\n")


class Log:
    def __init__(self, name):
        self.name = name

    def add(self, value):
        with open(self.name, "a") as file:
            print(value, file=file)

    def statistics(self):
        count, total, least, most = 0, 0, None, None
        with open(self.name) as file:
            for line in file:
                value = float(line)
                count += 1
                total += value
                least = value if least is None else min(least, value)
                most = value if most is None else max(most, value)
        mean = total / count
        return {"rows": count, "least": least, "most": most, "mean": mean}


yesterday()
log = Log("fridge.txt")
alarm = Pin(23, Pin.OUT)
bus = ds18x20.DS18X20(onewire.OneWire(Pin(4)))
rom = bus.scan()[0]

while True:
    bus.convert_temp()
    time.sleep(1)
    temperature = bus.read_temp(rom)
    log.add(temperature)
    alarm(temperature > 8)
    print("temperature:", temperature)
    results = log.statistics()
    for name in results:
        print(name + ":", results[name])
