import time
from machine import I2C, PWM, Pin, Timer
from lovhe.drivers.bme280 import Bme280
from lovhe.drivers.ssd1306 import Ssd1306

i2c = I2C(0, scl=Pin(22), sda=Pin(21))
air = Bme280(i2c)
screen = Ssd1306(i2c)
alarm = Pin(25, Pin.OUT)
life = Pin(33, Pin.OUT)
siren = PWM(Pin(26))
quiet = Pin(27, Pin.IN, Pin.PULL_UP)

mode = "OK"


def hush(pin):
    global mode
    if mode == "ALARM!":
        mode = "Alarm"


quiet.irq(hush, Pin.IRQ_FALLING)
Timer(1).init(period=500, callback=lambda timer: life(not life()))

normal = air.pressure()

while True:
    now = air.pressure()
    print("value: %.1f" % now)
    if normal - 5 <= now <= normal + 5:
        mode = "OK"
    elif mode == "OK":
        mode = "ALARM!"
    alarm(mode != "OK")
    if mode == "ALARM!":
        siren.duty_u16(32768)
    else:
        siren.duty_u16(0)
    screen.fill(0)
    screen.text("%s %.1f hPa" % (mode, now), 0, 0)
    screen.show()
    time.sleep(0.45)
