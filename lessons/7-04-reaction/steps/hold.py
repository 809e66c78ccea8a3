from machine import Pin
import time

light = Pin(18, Pin.OUT)
button = Pin(27, Pin.IN, Pin.PULL_UP)

while True:
    light.off()
    while button.value() == 1:
        time.sleep_ms(1)
    light.on()
    start = time.ticks_ms()
    while button.value() == GAP_1:
        time.sleep_ms(1)
    print("held:", time.ticks_diff(GAP_2, start))
