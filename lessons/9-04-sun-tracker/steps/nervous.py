import time
from machine import ADC, Pin
from lovhe.drivers.servo import Servo

east = ADC(Pin(34), atten=ADC.ATTN_11DB)
west = ADC(Pin(35), atten=ADC.ATTN_11DB)
panel = Servo(18)

angle = 90
moves = 0

while True:
    difference = east.read_u16() - west.read_u16()
    if difference > 0:
        angle = angle + 2
        moves = moves + 1
    elif difference < 0:
        angle = angle - 2
        moves = moves + 1
    angle = max(20, min(160, angle))
    panel.angle(angle)
    print("moves:", moves)
    time.sleep_ms(50)
