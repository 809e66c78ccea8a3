import math
from time import sleep_ms
from machine import I2C, PWM, Pin
from lovhe.drivers import mpu6050, ssd1306

SIZE = 50
i2c = I2C(0, scl=Pin(22), sda=Pin(21))
ground = mpu6050.Mpu6050(i2c)
alarm = Pin(25, Pin.OUT)
siren = PWM(Pin(26))
ring = [1] * SIZE
place = 0


def find_screen():
    try:
        return ssd1306.Ssd1306(i2c)
    except OSError:
        print("no screen")


screen = find_screen()

while True:
    x, y, z = ground.acceleration()
    ring[place] = math.sqrt(x * x + y * y + z * z)
    place = (place + 1) % SIZE
    mean = sum(ring) / SIZE
    squares = sum([g * g for g in ring]) / SIZE
    sd = math.sqrt(max(0, squares - mean * mean))
    if place == 0:
        print(f"mean: {mean:.3f} sd: {sd:.4f}")
    alarm.value(sd > 0.05)
    if sd > 0.05:
        siren.duty_u16(32768)
    else:
        siren.duty_u16(0)
    sleep_ms(16)
