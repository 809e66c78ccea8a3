from machine import Pin
import time

green = Pin(18, Pin.OUT)
red = Pin(19, Pin.OUT)

wrong = 0
while wrong < 3:
    typed = input("Code? ")
    if typed == GAP_1:
        green.on()
        time.sleep(1)
        green.off()
        wrong = 0
    else:
        wrong = GAP_2
        print("wrong, number", wrong)

red.on()
while True:
    time.sleep(1)
