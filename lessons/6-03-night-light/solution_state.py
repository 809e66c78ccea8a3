from machine import ADC, Pin
import time

led = Pin(2, Pin.OUT)
sensor = ADC(Pin(34))

night = False

while True:
    light = sensor.read_u16()
    if night:
        night = light <= 25000
    else:
        night = light < 15000
    led.value(night)
    print("light:", light)
    time.sleep_ms(100)
