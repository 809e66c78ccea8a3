from machine import Pin
import time

led = Pin(2, Pin.OUT, value=0)
button = Pin(4, Pin.IN, Pin.PULL_UP)


def changed(pin):
    led.value(1 - pin.value())


button.irq(changed, Pin.IRQ_FALLING | Pin.IRQ_RISING)

while True:
    time.sleep(1)
