from machine import ADC, Pin, Signal
from time import sleep, ticks_diff, ticks_ms

pir = Pin(27, Pin.IN)
sensor = ADC(Pin(34))
relay = Signal(26, Pin.OUT, invert=True)
relay.off()

state = "dark"
on_ms = 0
before = ticks_ms()

while True:
    now = ticks_ms()
    passed = ticks_diff(now, before)
    before = now
    if pir.value():
        since = now
    if state == "dark":
        if pir.value() and sensor.read_u16() < 20000:
            state = "lit"
            relay.on()
    elif state == "lit":
        on_ms += passed
        if ticks_diff(now, since) > 2500:
            state = "dark"
            relay.off()
    print("seconds:", on_ms / 1000)
    print("kwh:", 2 * on_ms / 3600000)
    sleep(0.1)
