import time
from machine import ADC, Pin
from lovhe.drivers.servo import Servo

east = ADC(Pin(34), atten=ADC.ATTN_11DB)
west = ADC(Pin(35), atten=ADC.ATTN_11DB)
panel = Servo(18)

ZONE = 2500
DARK = 8000

angle = 90
panel.angle(angle)

while True:
    difference = east.read_u16() - west.read_u16()
    # TODO
    panel.angle(angle)
    print("angle:", angle)
    time.sleep_ms(50)
