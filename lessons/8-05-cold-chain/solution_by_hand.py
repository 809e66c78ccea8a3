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


def statistics(name):
    least = 1000
    most = -1000
    total = 0
    count = 0
    file = open(name)
    line = file.readline()
    while line != "":
        number = float(line.strip())
        if number < least:
            least = number
        if number > most:
            most = number
        total += number
        count += 1
        line = file.readline()
    file.close()
    return least, most, total / count


yesterday()

while True:
    print(f"rows: {rows_in_file()}")
    print(f"newest: {newest_row()}")
    temperature = measure()
    print(f"temperature: {temperature:.1f}")
    log = open("fridge.txt", "a")
    log.write(str(round(temperature)) + "\n")
    log.close()
    least, most, mean = statistics("fridge.txt")
    print("least:", least, "most:", most, "mean:", mean)
    if temperature <= 8:
        alarm.off()
    else:
        alarm.on()
    time.sleep_ms(200)
