# caught by: every-press
from machine import Pin
import time

led = Pin(2, Pin.OUT)
button = Pin(4, Pin.IN, Pin.PULL_UP)

while button.value() == 1:
    time.sleep(0.02)
led.on()
while button.value() == 0:
    time.sleep(0.02)
led.off()

while True:
    time.sleep(1)
