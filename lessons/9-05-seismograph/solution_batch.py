import math
import time
from machine import I2C, PWM, Pin
from lovhe.drivers.mpu6050 import Mpu6050
from lovhe.drivers.ssd1306 import Ssd1306

bus = I2C(0, scl=Pin(22), sda=Pin(21))
sensor = Mpu6050(bus)
lamp = Pin(25, Pin.OUT)
siren = PWM(Pin(26))

try:
    Ssd1306(bus)
except OSError:
    print("There is no screen today.")


def strength():
    x, y, z = sensor.acceleration()
    return math.sqrt(x * x + y * y + z * z)


while True:
    second = []
    for _ in range(25):
        second.append(strength())
        time.sleep_ms(20)
    mean = sum(second) / 25
    sd = (sum([(g - mean) ** 2 for g in second]) / 24) ** 0.5
    print(f"mean: {mean:.3f} sd: {sd:.4f}")
    shaking = sd > 0.05
    lamp.value(shaking)
    if shaking:
        siren.duty_u16(32768)
    else:
        siren.duty_u16(0)
