# caught by: measures
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
        state["alarm"] = abs(state["value"] - normal) > 5
        if not state["alarm"]:
            state["silenced"] = False
        print("value:", state["value"])
        await asyncio.sleep_ms(500)


async def show():
    while True:
        if state["alarm"]:
            screen.fill(0)
            screen.text(str(state["value"]), 0, 0)
            screen.text("ALARM", 0, 20)
        else:
            screen.fill(0)
            screen.text(str(normal), 0, 0)
            screen.text("OK", 0, 20)
        screen.show()
        await asyncio.sleep_ms(300)


async def warn():
    while True:
        alarm.value(state["alarm"])
        if state["alarm"] and not state["silenced"]:
            siren.duty_u16(32768)
        else:
            siren.duty_u16(0)
        await asyncio.sleep_ms(50)


async def listen():
    while True:
        if quiet.value() == 0:
            state["silenced"] = True
        await asyncio.sleep_ms(30)


async def beat():
    while True:
        life.on()
        await asyncio.sleep_ms(500)
        life.off()
        await asyncio.sleep_ms(500)


async def main():
    await asyncio.gather(measure(), show(), warn(), listen(), beat())


asyncio.run(main())
