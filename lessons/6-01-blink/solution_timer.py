from machine import Pin, Timer
import time

led = Pin(2, Pin.OUT)


def change(timer):
    led.value(1 - led.value())


timer = Timer(0)
timer.init(period=500, mode=Timer.PERIODIC, callback=change)

while True:
    time.sleep(1)
