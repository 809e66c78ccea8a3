import math
import time
from machine import I2C, PWM, Pin, Timer
from lovhe.drivers.mpu6050 import Mpu6050
from lovhe.drivers.ssd1306 import Ssd1306

i2c = I2C(0, scl=Pin(22), sda=Pin(21))
ground = Mpu6050(i2c)
alarm = Pin(25, Pin.OUT)
siren = PWM(Pin(26))
values = []


def take(timer):
    x, y, z = ground.acceleration()
    values.append(math.sqrt(x * x + y * y + z * z))
    if len(values) > 50:
        values.pop(0)


def open_screen():
    try:
        return Ssd1306(i2c)
    except OSError:
        return None


screen = open_screen()
if screen is None:
    print("There is no screen here")

Timer(2).init(period=20, mode=Timer.PERIODIC, callback=take)

while True:
    time.sleep_ms(200)
    now = list(values)
    mean = sum(now) / len(now)
    sd = math.sqrt(sum([(v - mean) ** 2 for v in now]) / (len(now) - 1))
    print("mean: {:.3f}, sd: {:.4f}".format(mean, sd))
    danger = sd > 0.05
    alarm(danger)
    siren.duty_u16(32768 * danger)
