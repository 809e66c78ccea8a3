import time
from machine import ADC, Pin
from lovhe.drivers.servo import Servo


class Eye:
    def __init__(self, pin):
        self.adc = ADC(Pin(pin))
        self.zero = 0

    def see(self):
        return self.adc.read_u16() - self.zero


east = Eye(34)
west = Eye(35)
panel = Servo(18)
west.zero = west.see() - east.see()
angle = 90.0

while True:
    error = east.see() - west.see()
    if max(east.see(), west.see() + west.zero) < 8000:
        angle = 90.0
    elif abs(error) > 2500:
        angle += error / 1500
    angle = min(160, max(20, angle))
    panel.angle(angle)
    time.sleep_ms(50)
