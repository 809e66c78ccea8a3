import asyncio
from machine import I2C, Pin
from dht import DHT22
from lovhe.drivers.ssd1306 import Ssd1306

sensor = DHT22(Pin(4))
screen = Ssd1306(I2C(0, scl=Pin(22), sda=Pin(21)))
faces = {0: ":)", 1: ":|", 2: ":("}
air = {}
news = asyncio.Event()


async def measure():
    while True:
        sensor.measure()
        air["temperature"] = sensor.temperature()
        air["humidity"] = sensor.humidity()
        for name in air:
            print(name + ":", air[name])
        news.set()
        await asyncio.sleep(2)


async def show():
    while True:
        await news.wait()
        news.clear()
        t = air["temperature"]
        h = air["humidity"]
        problems = (t < 18) + (t > 26) + (h > 70)
        rows = ["%.1f C" % t, "%d %%" % h, faces[problems]]
        screen.fill(0)
        for number in range(3):
            screen.text(rows[number], 0, number * 12)
        screen.show()


async def main():
    await asyncio.gather(measure(), show())


asyncio.run(main())
