from machine import Pin
import random
import time

light = Pin(18, Pin.OUT, value=0)
button = Pin(27, Pin.IN, Pin.PULL_UP)

state = "let go"
since = 0
times = []

while True:
    now = time.ticks_ms()
    passed = time.ticks_diff(now, since)
    pressed = button.value() == 0
    if state == "let go" and not pressed:
        state = "dark"
        since = now
        pause = random.randint(500, 800)
    elif state == "dark" and pressed:
        state = "let go"
    elif state == "dark" and passed >= pause:
        state = "lit"
        since = now
        light.on()
    elif state == "lit" and pressed:
        state = "let go"
        light.off()
        print("reaction:", passed)
        times.append(passed)
        if len(times) == 5:
            print("best:", min(times))
            times = []
    time.sleep_ms(3)
