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


yesterday()

with open("fridge.txt") as file:
    values = [float(word) for word in file.read().split()]

log = open("fridge.txt", "a")
next_turn = time.ticks_ms()

while True:
    bus.convert_temp()
    next_turn = time.ticks_add(next_turn, 1000)
    while time.ticks_diff(next_turn, time.ticks_ms()) > 0:
        time.sleep_ms(50)
    values.append(round(bus.read_temp(rom), 2))
    log.write("%.2f\n" % values[-1])
    log.flush()
    ordered = sorted(values)
    alarm.value(1 if values[-1] >= 8.1 else 0)
    print("temperature: %.2f rows: %d" % (values[-1], len(values)))
    print("least: %.2f most: %.2f" % (ordered[0], ordered[-1]))
    print("mean: %.2f" % (sum(values) / len(values)))
