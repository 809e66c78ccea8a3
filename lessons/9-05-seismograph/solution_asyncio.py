import asyncio
from math import sqrt
from machine import I2C, PWM, Pin
from lovhe.drivers.mpu6050 import Mpu6050
from lovhe.drivers.ssd1306 import Ssd1306

i2c = I2C(0, scl=Pin(22), sda=Pin(21))
ground = Mpu6050(i2c)
alarm = Pin(25, Pin.OUT)
siren = PWM(Pin(26), freq=700, duty_u16=0)
values = []
state = {"sd": 0, "mean": 1}

try:
    screen = Ssd1306(i2c)
except OSError:
    print("No screen, I go on without it.")


async def listen():
    while True:
        values.append(sqrt(sum([a * a for a in ground.acceleration()])))
        while len(values) > 40:
            del values[0]
        mean = sum(values) / len(values)
        state["mean"] = mean
        squares = [(g - mean) ** 2 for g in values]
        state["sd"] = sqrt(sum(squares) / len(squares))
        await asyncio.sleep_ms(25)


async def warn():
    while True:
        alarm.off()
        siren.duty_u16(0)
        await asyncio.sleep_ms(20)
        while state["sd"] > 0.05:
            alarm.on()
            siren.freq(600 if siren.freq() == 900 else 900)
            siren.duty_u16(25000)
            await asyncio.sleep_ms(100)


async def tell():
    while True:
        await asyncio.sleep_ms(500)
        print("mean:", round(state["mean"], 3))
        print("sd:", round(state["sd"], 4))


async def main():
    await asyncio.gather(listen(), warn(), tell())


asyncio.run(main())
