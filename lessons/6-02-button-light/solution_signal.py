from machine import Pin, Signal

led = Pin(2, Pin.OUT)
button = Signal(Pin(4, Pin.IN, Pin.PULL_UP), invert=True)

while True:
    led.value(button.value())
