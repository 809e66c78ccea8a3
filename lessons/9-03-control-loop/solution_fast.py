import time
import ds18x20
import onewire
from machine import PWM, Pin

sensor = ds18x20.DS18X20(onewire.OneWire(Pin(4)))
heater = PWM(Pin(25))
fan = Pin(26, Pin.OUT)
Pin(27, Pin.OUT, value=0)
rom = sensor.scan()[0]

while True:
    sensor.convert_temp()
    time.sleep_ms(800)
    t = sensor.read_temp(rom)
    if t <= 21:
        heater.duty_u16(65535)
    elif t < 26:
        heater.duty_u16(int((26 - t) * 13107))
    else:
        heater.duty_u16(0)
    if t > 29 and not fan.value():
        fan(1)
    if t < 26 and fan.value():
        fan(0)
