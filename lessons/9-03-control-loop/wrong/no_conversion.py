# caught by: full
import time
import ds18x20
import onewire
from machine import PWM, Pin

WISH = 26

thermometer = ds18x20.DS18X20(onewire.OneWire(Pin(4)))
address = thermometer.scan()[0]
heater = PWM(Pin(25))
fan = Pin(26, Pin.OUT)
back = Pin(27, Pin.OUT, value=0)


def measure():
    time.sleep_ms(750)
    return thermometer.read_temp(address)


while True:
    room = measure()
    power = 20 * (WISH - room)
    power = max(0, min(100, power))
    heater.duty_u16(int(power * 65535 / 100))
    if room > 29:
        fan.on()
    elif room < 26:
        fan.off()
    print("room:", room, "power:", power)
