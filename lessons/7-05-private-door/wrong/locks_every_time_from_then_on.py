# caught by: locks
from machine import Pin
import time

green = Pin(18, Pin.OUT)
red = Pin(19, Pin.OUT)
code = "58203"
log = []
wrong = 0


def open_door():
    green.on()
    time.sleep(1)
    green.off()


def lock_door():
    red.on()
    time.sleep(3)
    red.off()


def remember(what):
    log.append(what)
    if len(log) > 5:
        log.pop(0)


while True:
    typed = input("Code? ")
    if typed == "log":
        print(log)
        print("entries:", len(log))
    elif typed == code:
        remember("open")
        open_door()
    else:
        wrong = wrong + 1
        remember("wrong")
        if wrong >= 3:
            lock_door()
