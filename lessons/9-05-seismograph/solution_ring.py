import math
from time import sleep_ms
from machine import I2C, PWM, Pin
from lovhe.drivers import mpu6050, ssd1306

SIZE = 64
i2c = I2C(0, scl=Pin(22), sda=Pin(21))
ground = mpu6050.Mpu6050(i2c)
alarm = Pin(25, Pin.OUT)
siren = PWM(Pin(26), freq=600, duty_u16=0)
ring = [1.0] * SIZE
place = 0


def find_screen():
    try:
        return ssd1306.Ssd1306(i2c)
    except OSError:
        print("no screen")
        return None


screen = find_screen()

while True:
    x, y, z = ground.acceleration()
    ring[place] = math.sqrt(x * x + y * y + z * z)
    place = (place + 1) % SIZE
    mean = sum(ring) / SIZE
    squares = sum([g * g for g in ring]) / SIZE
    sd = math.sqrt(max(0, squares - mean * mean))
    if place % 16 == 0:
        print("mean:", round(mean, 3), "sd:", round(sd, 4))
    alarm.value(sd > 0.05)
    siren.duty_u16(20000 * (sd > 0.05))
    sleep_ms(15)
