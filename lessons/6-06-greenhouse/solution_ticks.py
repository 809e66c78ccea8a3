from machine import ADC, Pin
import time

sensor = ADC(Pin(34))
pump = Pin(25, Pin.OUT)
warning = Pin(26, Pin.OUT)

last_good = time.ticks_ms()

while True:
    soil = sensor.read_u16()
    now = time.ticks_ms()
    if soil > 42000:
        pump.on()
        if time.ticks_diff(now, last_good) > 3000:
            warning.on()
    else:
        last_good = now
        warning.off()
        if soil < 34000:
            pump.off()
    time.sleep_ms(50)
