from machine import ADC, Pin
from time import sleep, ticks_diff, ticks_ms

pir = Pin(27, Pin.IN)
sensor = ADC(Pin(34))
relay = Pin(26, Pin.OUT, value=1)

state = "dark"
on_ms = 0
before = ticks_ms()

while True:
    now = ticks_ms()
    if state == "lit":
        on_ms += ticks_diff(now, before)
    before = now
    if state == "dark":
        if pir.value() and sensor.read_u16() < 22000:
            state = "lit"
            since = now
            relay.off()
    elif state == "lit":
        if pir.value():
            since = now
        if ticks_diff(now, since) > 2500:
            state = "dark"
            relay.on()
    print("seconds:", on_ms / 1000)
    print("kwh:", 2 * on_ms / 3600000)
    sleep(0.1)
