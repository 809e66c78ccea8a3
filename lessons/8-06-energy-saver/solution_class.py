import asyncio
from machine import ADC, Pin

light = ADC(Pin(34))
motion = Pin(27, Pin.IN)


class Lamp:
    def __init__(self, pin, kilowatts):
        self.relay = Pin(pin, Pin.OUT, value=1)
        self.kilowatts = kilowatts
        self.seconds = 0

    def switch(self, lit):
        self.relay.value(0 if lit else 1)

    async def count(self):
        while True:
            await asyncio.sleep(1)
            if not self.relay.value():
                self.seconds += 1
            print("seconds:", self.seconds)
            print("kwh:", self.kilowatts * self.seconds / 3600)


async def watch(lamp):
    quiet = 12
    while True:
        quiet = 0 if motion.value() else quiet + 1
        lamp.switch(quiet < 12 and light.read_u16() < 25000)
        await asyncio.sleep_ms(250)


async def main():
    lamp = Lamp(26, 2)
    asyncio.create_task(lamp.count())
    await watch(lamp)


asyncio.run(main())
