from machine import PWM, Pin
import time

bell = PWM(Pin(25), freq=1000, duty_u16=0)
button = Pin(4, Pin.IN, Pin.PULL_UP)

tones = [523, 659, 784]
place = 3
since = 0

while True:
    now = time.ticks_ms()
    if place == 3 and not button.value():
        place = 0
        since = now
        bell.freq(tones[0])
        bell.duty_u16(32768)
    elif place < 3 and time.ticks_diff(now, since) > 300:
        place += 1
        since = now
        if place < 3:
            bell.freq(tones[place])
        else:
            bell.duty_u16(0)
    time.sleep_ms(10)
