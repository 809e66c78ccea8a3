# caught by: lorry
import math
import time
from machine import I2C, PWM, Pin
from lovhe.drivers.mpu6050 import Mpu6050
from lovhe.drivers.ssd1306 import Ssd1306

i2c = I2C(0, scl=Pin(22), sda=Pin(21))
ground = Mpu6050(i2c)
alarm = Pin(25, Pin.OUT)
siren = PWM(Pin(26))

try:
    screen = Ssd1306(i2c)
except OSError:
    print("no screen")


def deviation(values):
    mean = sum(values) / len(values)
    total = 0
    for value in values:
        total = total + (value - mean) ** 2
    return math.sqrt(total / len(values))


values = []

while True:
    for _ in range(10):
        x, y, z = ground.acceleration()
        values.append(math.sqrt(x * x + y * y + z * z))
        time.sleep_ms(20)
    values = values[-50:]
    sd = deviation(values)
    if max(values) - min(values) > 0.05:
        alarm.on()
        siren.duty_u16(32768)
    else:
        alarm.off()
        siren.duty_u16(0)
    print(f"mean: {sum(values) / len(values):.3f}")
    print(f"sd: {sd:.4f}")
