from machine import PWM, Pin
import time

bell = PWM(Pin(25), duty_u16=0)
button = Pin(4, Pin.IN, Pin.PULL_UP)

rings = 0


def pressed(pin):
    global rings
    rings = 1


button.irq(pressed, Pin.IRQ_FALLING)

while True:
    if rings:
        rings = 0
        for tone in (523, 659, 784):
            bell.init(freq=tone, duty_u16=32768)
            time.sleep_ms(400)
        bell.duty_u16(0)
    time.sleep_ms(20)
