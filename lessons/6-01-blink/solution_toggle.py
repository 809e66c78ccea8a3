from machine import Pin
from time import sleep_ms

led = Pin(2, Pin.OUT, value=0)

while True:
    sleep_ms(500)
    led.value(not led.value())
