from machine import Pin
from time import sleep

green = Pin(18, Pin.OUT)
red = Pin(19, Pin.OUT)
code = "58203"
log = []


def shine(led, seconds):
    led.on()
    sleep(seconds)
    led.off()


while True:
    tries = 3
    while tries > 0:
        typed = input("? ")
        if typed != "log":
            if typed == code:
                log = (log + ["open"])[-5:]
                tries = 3
                shine(green, 1)
            else:
                log = (log + ["wrong"])[-5:]
                tries = tries - 1
        else:
            print("entries: %d, the last ones: %s" % (len(log), log))
    shine(red, 3)
