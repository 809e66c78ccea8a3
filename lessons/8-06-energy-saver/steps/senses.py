from machine import ADC, Pin
import time

motion = Pin(27, Pin.IN)
light = ADC(Pin(34), atten=ADC.ATTN_11DB)

while True:
    print(f"light: {light.read_u16()}, motion: {motion.value()}")
    time.sleep(0.3)
