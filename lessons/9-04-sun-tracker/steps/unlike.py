import time
from machine import ADC, Pin

east = ADC(Pin(34), atten=ADC.ATTN_11DB)
west = ADC(Pin(35), atten=ADC.ATTN_11DB)

while True:
    difference = east.read_u16() - west.read_u16()
    print("difference:", difference)
    time.sleep_ms(200)
