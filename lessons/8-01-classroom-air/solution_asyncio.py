import asyncio
from machine import I2C, Pin
from dht import DHT22
from lovhe.drivers.ssd1306 import Ssd1306

sensor = DHT22(Pin(4))
screen = Ssd1306(I2C(0, scl=Pin(22), sda=Pin(21)))
air = {"temperature": 0, "humidity": 0}
faces = {0: ":)", 1: ":|", 2: ":("}


async def measure():
    while True:
        sensor.measure()
        air["temperature"] = sensor.temperature()
        air["humidity"] = sensor.humidity()
        for name in air:
            print(name + ":", air[name])
        await asyncio.sleep(2)


async def show():
    old = None
    while True:
        t = air["temperature"]
        h = air["humidity"]
        problems = (t < 18) + (t > 26) + (h > 70)
        new = ("%.1f C" % t, "%d %%" % h, faces[problems])
        if new != old:
            old = new
            screen.fill(0)
            for row in range(3):
                screen.text(new[row], 4, row * 12)
            screen.show()
        await asyncio.sleep_ms(100)


async def main():
    await asyncio.gather(measure(), show())


asyncio.run(main())
