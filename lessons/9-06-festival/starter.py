import asyncio
from machine import I2C, PWM, Pin
from lovhe.drivers.bme280 import Bme280
from lovhe.drivers.ssd1306 import Ssd1306

i2c = I2C(0, scl=Pin(22), sda=Pin(21), freq=400000)
air = Bme280(i2c)
screen = Ssd1306(i2c)
alarm = Pin(25, Pin.OUT)
life = Pin(33, Pin.OUT)
siren = PWM(Pin(26), freq=880, duty_u16=0)
quiet = Pin(27, Pin.IN, Pin.PULL_UP)

normal = air.temperature()
state = {"value": normal, "alarm": False, "silenced": False}


async def measure():
    while True:
        state["value"] = air.temperature()
        print("value:", state["value"])
        await asyncio.sleep_ms(500)


async def main():
    # TODO
    await measure()


asyncio.run(main())
