from machine import ADC, Pin
import time

POWER_KW = 2
DARK = 20000
WAIT_MS = 3000

motion = Pin(27, Pin.IN)
light = ADC(Pin(34), atten=ADC.ATTN_11DB)
relay = Pin(26, Pin.OUT, value=1)

seconds = 0
second = time.ticks_ms()

while True:
    now = time.ticks_ms()
    # TODO
    if time.ticks_diff(now, second) >= 1000:
        second = now
        print(f"light: {light.read_u16()}, motion: {motion.value()}")
        print(f"seconds: {seconds}")
    time.sleep_ms(50)
