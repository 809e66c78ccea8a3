import asyncio
from math import sqrt
from machine import I2C, PWM, Pin
from lovhe.drivers.mpu6050 import Mpu6050
from lovhe.drivers.ssd1306 import Ssd1306

i2c = I2C(0, scl=Pin(22), sda=Pin(21))
ground = Mpu6050(i2c)
alarm = Pin(25, Pin.OUT)
siren = PWM(Pin(26))
values = []
state = {}

try:
    screen = Ssd1306(i2c)
except OSError:
    print("No screen, I go on without it.")


async def listen():
    while True:
        values.append(sqrt(sum([a * a for a in ground.acceleration()])))
        while len(values) > 30:
            values.pop(0)
        mean = sum(values) / len(values)
        state["mean"] = mean
        squares = [(g - mean) ** 2 for g in values]
        state["sd"] = sqrt(sum(squares) / len(squares))
        await asyncio.sleep_ms(25)


async def warn():
    while True:
        shaking = state["sd"] > 0.05
        alarm.value(shaking)
        if shaking:
            siren.duty_u16(32768)
        else:
            siren.duty_u16(0)
        await asyncio.sleep_ms(50)


async def tell():
    while True:
        await asyncio.sleep_ms(600)
        print(f"mean: {state['mean']:.3f} sd: {state['sd']:.4f}")


async def main():
    await asyncio.gather(listen(), warn(), tell())


asyncio.run(main())
