import time
from machine import ADC, Pin
from lovhe.drivers.servo import Servo

east = ADC(Pin(34), atten=ADC.ATTN_11DB)
west = ADC(Pin(35), atten=ADC.ATTN_11DB)
panel = Servo(18)

angle = 90

while True:
    difference = east.read_u16() - west.read_u16()
    if difference > 2500:
        angle = angle + 2
    elif difference < -2500:
        angle = angle - 2
    angle = max(20, min(160, angle))
    panel.angle(angle)
    time.sleep_ms(50)
