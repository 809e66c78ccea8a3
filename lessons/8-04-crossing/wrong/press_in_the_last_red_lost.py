# caught by: early-press
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
    "drive": (["green", "stop"], 1500, "slow"),
    "slow": (["yellow", "stop"], 1000, "clear"),
    "clear": (["red", "stop"], 500, "walk"),
    "walk": (["red", "walk"], 1500, "leave"),
    "leave": (["red", "stop"], 500, "drive"),
}

button = Pin(13, Pin.IN, Pin.PULL_UP)
requested = False


def enter(name):
    global state, since
    state = name
    since = time.ticks_ms()
    lit = STATES[name][0]
    for lamp in LAMPS:
        LAMPS[lamp].value(lamp in lit)


enter("drive")

while True:
    if button.value() == 0:
        requested = True
    lit, least, following = STATES[state]
    if time.ticks_diff(time.ticks_ms(), since) >= least:
        if state != "drive" or requested:
            enter(following)
            if state == "drive":
                requested = False
    time.sleep_ms(20)
