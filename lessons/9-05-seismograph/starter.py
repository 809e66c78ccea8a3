import math
import time
from machine import I2C, PWM, Pin
from lovhe.drivers.mpu6050 import Mpu6050
from lovhe.drivers.ssd1306 import Ssd1306

i2c = I2C(0, scl=Pin(22), sda=Pin(21))
ground = Mpu6050(i2c)
alarm = Pin(25, Pin.OUT)
siren = PWM(Pin(26), freq=880, duty_u16=0)


def deviation(values):
    mean = sum(values) / len(values)
    total = 0
    for value in values:
        total = total + (value - mean) ** 2
    return math.sqrt(total / len(values))


values = []

while True:
    x, y, z = ground.acceleration()
    g = math.sqrt(x * x + y * y + z * z)
    values.append(g)
    # TODO
    time.sleep_ms(20)
