from machine import Pin
import time
LAMPS = {
    "red": Pin(25, Pin.OUT),
    "yellow": Pin(26, Pin.OUT),
    "green": Pin(27, Pin.OUT),
    "stop": Pin(32, Pin.OUT),
    "walk": Pin(33, Pin.OUT),
}
DRIVE = ["green", "stop"]
SLOW = ["yellow", "stop"]
CLEAR = ["red", "stop"]
WALK = ["red", "walk"]
def enter(lit):
    for name in LAMPS:
        LAMPS[name].value(name in lit)
for lit in DRIVE, SLOW, CLEAR, WALK:
    enter(lit)
    time.sleep(0.2)
while True:
    time.sleep(1)
