import asyncio
from machine import Pin

red = Pin(25, Pin.OUT)
yellow = Pin(26, Pin.OUT)
green = Pin(27, Pin.OUT)
stop = Pin(32, Pin.OUT)
walk = Pin(33, Pin.OUT)
button = Pin(13, Pin.IN, Pin.PULL_UP)


class Crossing:
    def __init__(self):
        self.requested = False
        self.lit = []

    async def watch(self):
        while True:
            if not button.value():
                self.requested = True
            await asyncio.sleep_ms(30)

    async def show(self, milliseconds, *lamps):
        for lamp in self.lit:
            lamp.off()
        for lamp in lamps:
            lamp.on()
        self.lit = lamps
        await asyncio.sleep_ms(milliseconds)

    async def work(self):
        while True:
            await self.show(1500, green, stop)
            while not self.requested:
                await asyncio.sleep_ms(20)
            await self.show(1000, yellow, stop)
            await self.show(500, red, stop)
            self.requested = False
            await self.show(1500, red, walk)
            await self.show(500, red, stop)


async def main():
    crossing = Crossing()
    asyncio.create_task(crossing.watch())
    await crossing.work()


asyncio.run(main())
