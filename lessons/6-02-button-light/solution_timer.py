from machine import Pin, Timer
import time

led = Pin(2, Pin.OUT)
button = Pin(4, Pin.IN, Pin.PULL_UP)


def look(timer):
    if button.value():
        led.off()
    else:
        led.on()


timer = Timer(1)
timer.init(freq=20, mode=Timer.PERIODIC, callback=look)

while True:
    time.sleep(1)
