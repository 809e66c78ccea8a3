from machine import Pin
import time

green = Pin(18, Pin.OUT)
red = Pin(19, Pin.OUT)
code = "58203"
log = []


def open_door():
    green.on()
    time.sleep(1)
    green.off()


while True:
    typed = input("Code? ")
    if typed == "log":
        print(log)
        print("entries:", len(log))
    elif typed == code:
        log.append(typed)
        open_door()
    else:
        log.append(typed)
        print(typed, "is wrong, the code is", code)
        # TODO
