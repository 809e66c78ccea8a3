import math
import time
from machine import I2C, Pin
from lovhe.drivers.mpu6050 import Mpu6050
from lovhe.drivers.ssd1306 import Ssd1306

i2c = I2C(0, scl=Pin(22), sda=Pin(21))
ground = Mpu6050(i2c)
screen = Ssd1306(i2c)

while True:
    x, y, z = ground.acceleration()
    g = math.sqrt(x * x + y * y + z * z)
    print("g:", round(g, 3))
    if screen:
        screen.fill(0)
        screen.text(str(round(g, 3)), 0, 0)
        screen.show()
    time.sleep_ms(200)
