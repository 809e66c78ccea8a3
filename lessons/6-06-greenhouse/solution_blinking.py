from machine import ADC, Pin
from time import sleep_ms

sensor = ADC(Pin(34))
pump = Pin(25, Pin.OUT)
warning = Pin(26, Pin.OUT)

turns = 0

while True:
    soil = sensor.read_u16()
    if soil > 42000:
        pump.value(1)
    if soil < 34000:
        pump.value(0)
    if pump.value() == 1:
        turns = turns + 1
    else:
        turns = 0
    if turns > 30:
        warning.value(not warning.value())
    else:
        warning.value(0)
    sleep_ms(100)
