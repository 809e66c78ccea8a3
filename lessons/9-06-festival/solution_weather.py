from time import sleep_ms, ticks_diff, ticks_ms
from machine import I2C, PWM, Pin, Timer
from lovhe.drivers.bme280 import Bme280
from lovhe.drivers.ssd1306 import Ssd1306

i2c = I2C(0, scl=Pin(22), sda=Pin(21))
weather = Bme280(i2c)
screen = Ssd1306(i2c)
lamp = Pin(25, Pin.OUT)
life = Pin(33, Pin.OUT)
siren = PWM(Pin(26))
quiet = Pin(27, Pin.IN, Pin.PULL_UP)


def beat(timer):
    life.value(not life.value())


Timer(0).init(period=500, callback=beat)

normal = weather.pressure()
state = "OK"
last = ticks_ms()

while True:
    if ticks_diff(ticks_ms(), last) > 450:
        last = ticks_ms()
        pressure = weather.pressure()
        print("value:", pressure)
        storm = abs(pressure - normal) > 5
        if not storm:
            state = "OK"
        elif state == "OK":
            state = "ALARM"
        screen.fill(0)
        screen.text(("ALARM" if storm else "OK") + f" {pressure} hPa", 0, 0)
        screen.show()
    if state == "ALARM" and not quiet.value():
        state = "silenced"
    lamp.value(state != "OK")
    if state == "ALARM":
        siren.duty_u16(32768)
    else:
        siren.duty_u16(0)
    sleep_ms(30)
