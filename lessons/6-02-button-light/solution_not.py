from machine import Pin
import time

led = Pin(2, Pin.OUT)
button = Pin(4, Pin.IN, Pin.PULL_UP)

while True:
    led.value(not button.value())
    print("button:", button.value())
    time.sleep_ms(100)
