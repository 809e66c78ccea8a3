from machine import PWM, Pin
from time import sleep_ms

button = Pin(4, Pin.IN, Pin.PULL_UP)


def play(tone):
    bell = PWM(Pin(25), freq=tone, duty_u16=32768)
    sleep_ms(400)
    bell.deinit()


while True:
    while button.value() == 1:
        sleep_ms(20)
    play(523)
    play(659)
    play(784)
