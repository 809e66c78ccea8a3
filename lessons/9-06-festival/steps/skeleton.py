import asyncio
from machine import I2C, Pin
from lovhe.drivers.bme280 import Bme280
from lovhe.drivers.ssd1306 import Ssd1306

i2c = I2C(0, scl=Pin(22), sda=Pin(21), freq=400000)
air = Bme280(i2c)
screen = Ssd1306(i2c)
life = Pin(33, Pin.OUT)

state = {"value": 0}


async def measure():
    while True:
        state["value"] = GAP_1
        print("value:", state["value"])
        await asyncio.sleep_ms(500)


async def show():
    while True:
        screen.fill(0)
        screen.text(GAP_2, 0, 0)
        screen.show()
        await asyncio.sleep_ms(300)


async def beat():
    while True:
        life.on()
        await asyncio.sleep_ms(500)
        life.off()
        await asyncio.sleep_ms(500)


async def main():
    await GAP_3(measure(), show(), beat())


asyncio.run(main())
