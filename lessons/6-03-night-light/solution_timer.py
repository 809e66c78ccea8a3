from machine import ADC, Pin, Timer
import time

led = Pin(2, Pin.OUT, value=0)
sensor = ADC(Pin(34))


def look(timer):
    light = sensor.read_u16()
    if light < 15000:
        led.on()
    if light > 25000:
        led.off()


Timer(0).init(period=100, callback=look)

while True:
    time.sleep(1)
