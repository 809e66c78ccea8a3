# caught by: evening-again
from machine import ADC, Pin
import time

POWER_KW = 2
DARK = 20000
WAIT_MS = 3000

motion = Pin(27, Pin.IN)
light = ADC(Pin(34), atten=ADC.ATTN_11DB)
relay = Pin(26, Pin.OUT, value=1)


def kwh_of(seconds):
    return POWER_KW * seconds / 3600


lit = False
seconds = 0
second = time.ticks_ms()

while True:
    now = time.ticks_ms()
    if motion.value() == 1:
        seen = now
        lit = True
    elif lit and time.ticks_diff(now, seen) > WAIT_MS:
        lit = False
    relay.value(not lit)
    if time.ticks_diff(now, second) >= 1000:
        second = now
        if lit:
            seconds += 1
        print(f"seconds: {seconds}, kwh: {kwh_of(seconds):.5f}")
    time.sleep_ms(50)
