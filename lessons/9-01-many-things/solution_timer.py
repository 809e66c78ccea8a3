from machine import PWM, Pin, Timer
import time

candle = Pin(25, Pin.OUT)
lamp = Pin(33, Pin.OUT)
buzzer = PWM(Pin(26))
hat = Pin(27, Pin.IN, Pin.PULL_UP)
tune = [523, 587, 659, 784]
tick = 0
held = 0


def beat(timer):
    global tick, held
    tick += 1
    candle.value(tick % 10 < 4)
    if tick % 8 == 0:
        buzzer.freq(tune[tick // 8 % 4])
        buzzer.duty_u16(32768)
    if tick % 8 == 6:
        buzzer.duty_u16(0)
    if hat.value() == 0:
        held = 20
    lamp.value(held > 0)
    held = max(0, held - 1)


Timer(0).init(period=50, callback=beat)
while True:
    time.sleep(1)
