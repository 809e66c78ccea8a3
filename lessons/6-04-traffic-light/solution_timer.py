from machine import Pin, Timer
import time

red = Pin(25, Pin.OUT, value=1)
yellow = Pin(26, Pin.OUT, value=0)
green = Pin(27, Pin.OUT, value=0)

turn = 0


def change(timer):
    global turn
    turn = (turn + 1) % 6
    if turn == 0:
        yellow.off()
        red.on()
    elif turn == 2:
        yellow.on()
    elif turn == 3:
        red.off()
        yellow.off()
        green.on()
    elif turn == 5:
        green.off()
        yellow.on()


Timer(0).init(period=400, callback=change)

while True:
    time.sleep(1)
