from machine import Pin
import time

lamps = [Pin(25, Pin.OUT), Pin(26, Pin.OUT), Pin(27, Pin.OUT)]
states = [[1, 1, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]]
times = [400, 800, 400, 800]

while True:
    for number in range(4):
        for lamp in range(3):
            lamps[lamp].value(states[number][lamp])
        time.sleep_ms(times[number])
