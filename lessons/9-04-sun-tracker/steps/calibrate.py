import time
from machine import ADC, Pin

east = ADC(Pin(34), atten=ADC.ATTN_11DB)
west = ADC(Pin(35), atten=ADC.ATTN_11DB)


def calibrate():
    total = 0
    for _ in range(20):
        total = total + GAP_1
        time.sleep_ms(20)
    return GAP_2


offset = calibrate()

while True:
    difference = east.read_u16() - west.read_u16() - GAP_3
    print("difference:", difference)
    time.sleep_ms(200)
