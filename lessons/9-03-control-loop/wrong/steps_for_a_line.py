# caught by: part
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
    thermometer.convert_temp()
    time.sleep_ms(750)
    return thermometer.read_temp(address)


while True:
    room = measure()
    if room < 21:
        power = 100
    elif room < 24.5:
        power = 60
    elif room < 26:
        power = 20
    else:
        power = 0
    heater.duty_u16(int(power * 65535 / 100))
    if room > 29:
        fan.on()
    elif room < 26:
        fan.off()
    print("room:", room, "power:", power)
