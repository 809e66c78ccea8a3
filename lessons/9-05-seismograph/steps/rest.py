import math
import time
from machine import I2C, Pin
from lovhe.drivers.mpu6050 import Mpu6050

i2c = I2C(0, scl=Pin(22), sda=Pin(21))
ground = Mpu6050(i2c)

while True:
    x, y, z = ground.acceleration()
    g = math.sqrt(x * x + y * y + z * z)
    print("g:", round(g, 3))
    time.sleep_ms(100)
