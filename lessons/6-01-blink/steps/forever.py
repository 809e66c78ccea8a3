from machine import Pin
import time

led = Pin(2, Pin.OUT)

for turn in range(5):
    led.on()
    time.sleep(0.5)
    led.off()
    time.sleep(0.5)
