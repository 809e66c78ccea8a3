import time
from machine import ADC, Pin
from lovhe.drivers.servo import Servo


class Eye:
    def __init__(self, pin):
        self.adc = ADC(Pin(pin), atten=ADC.ATTN_11DB)
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
    elif error > 2500 or error < -2500:
        angle += max(-4, min(4, error / 1500))
    if angle > 160:
        angle = 160.0
    if angle < 20:
        angle = 20.0
    panel.angle(angle)
    time.sleep_ms(50)
