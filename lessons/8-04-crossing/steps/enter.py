from machine import Pin
import time
LAMPS = {"red": Pin(25, Pin.OUT), "yellow": Pin(26, Pin.OUT), "green": Pin(27, Pin.OUT), "stop": Pin(32, Pin.OUT), "walk": Pin(33, Pin.OUT)}
STATES = [["green", "stop"], ["yellow", "stop"], ["red", "stop"], ["red", "walk"]]
def enter(lit):
    for name in LAMPS:
        LAMPS[name].value(name in lit)
for lit in STATES:
    enter(lit)
    time.sleep(0.2)
while True:
    time.sleep(1)
