from machine import Pin
import time

LAMPS = {
    "red": Pin(25, Pin.OUT),
    "yellow": Pin(26, Pin.OUT),
    "green": Pin(27, Pin.OUT),
    "stop": Pin(32, Pin.OUT),
    "walk": Pin(33, Pin.OUT),
}
STATES = {
    "drive": ["green", "stop"],
    "slow": ["yellow", GAP_1],
    "clear": [GAP_2],
    "walk": ["red", GAP_3],
}

for name in ["drive", "slow", "clear", "walk"]:
    for lamp in LAMPS:
        LAMPS[lamp].value(lamp in STATES[name])
    time.sleep(0.2)

while True:
    time.sleep(1)
