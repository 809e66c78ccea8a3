from machine import ADC, Pin
import time

sensor = ADC(Pin(34))
pump = Pin(25, Pin.OUT)
warning = Pin(26, Pin.OUT)


def is_dry():
    return sensor.read_u16() > 42000


def is_wet():
    return sensor.read_u16() < 34000


seconds = 0

while True:
    if is_dry():
        pump.on()
        seconds += 0.1
    if is_wet():
        pump.off()
        seconds = 0
    warning.value(seconds > 3)
    time.sleep(0.1)
