import time
from ds18x20 import DS18X20
from machine import PWM, Pin
from onewire import OneWire

bus = DS18X20(OneWire(Pin(4)))
roms = bus.scan()
lamp = PWM(Pin(25))
wind = PWM(Pin(26))
Pin(27, Pin.OUT).off()


def limited(value, least, most):
    if value < least:
        return least
    if value > most:
        return most
    return value


def heating(celsius):
    return limited((26 - celsius) / 5, 0, 1)


def fan_state(celsius, runs):
    if runs:
        return celsius >= 26
    return celsius > 29


runs = None
while True:
    bus.convert_temp()
    time.sleep(0.75)
    celsius = bus.read_temp(roms[0])
    lamp.duty_u16(round(65535 * heating(celsius)))
    runs = fan_state(celsius, runs)
    wind.duty_u16(65535 if runs else 0)
