from machine import Pin
import time

led = Pin(2, Pin.OUT)

while True:
    led.on()
    time.sleep(GAP_1)
    GAP_2
    time.sleep(1)
