from machine import PWM, Pin
from time import sleep_ms, ticks_add, ticks_diff, ticks_ms

candle = Pin(25, Pin.OUT)
lamp = Pin(33, Pin.OUT)
buzzer = PWM(Pin(26))
hat = Pin(27, Pin.IN, Pin.PULL_UP)

tune = [523, 587, 659, 784]
begun = ticks_ms()
lamp_off = begun

while True:
    now = ticks_ms()
    passed = ticks_diff(now, begun)
    candle.value(passed % 500 < 200)
    tone = tune[passed // 400 % 4]
    if passed % 400 < 300:
        buzzer.freq(tone)
        buzzer.duty_u16(32768)
    else:
        buzzer.duty_u16(0)
    if hat.value() == 0:
        lamp_off = ticks_add(now, 1000)
    lamp.value(ticks_diff(lamp_off, now) > 0)
    sleep_ms(5)
