from machine import Pin
import time

red = Pin(25, Pin.OUT)
yellow = Pin(26, Pin.OUT)
green = Pin(27, Pin.OUT)

beat = 0

while True:
    red.value(beat < 3)
    yellow.value(beat == 2 or beat == 5)
    green.value(beat == 3 or beat == 4)
    time.sleep(0.4)
    beat = beat + 1
    if beat == 6:
        beat = 0
