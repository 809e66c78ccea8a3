# caught by: quake
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
    screen = None
    print("no screen")


def deviation(values):
    mean = sum(values) / len(values)
    total = 0
    for value in values:
        total = total + (value - mean) ** 2
    return math.sqrt(total / len(values))


values = []
count = 0

while True:
    x, y, z = ground.acceleration()
    g = math.sqrt(x * x + y * y + z * z)
    values.append(g)
    if len(values) > 50:
        values.pop(0)
    sd = deviation(values)
    if sd > 0.05:
        print("alarm")
    else:
        alarm.off()
        siren.duty_u16(0)
    count = count + 1
    if count % 10 == 0:
        print(f"mean: {sum(values) / len(values):.3f}")
        print(f"sd: {sd:.4f}")
        if screen:
            screen.fill(0)
            screen.text(f"sd {sd:.4f}", 0, 0)
            screen.show()
    time.sleep_ms(20)
