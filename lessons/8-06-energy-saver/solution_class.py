import asyncio
from machine import ADC, Pin, Signal

light = ADC(Pin(34))
motion = Pin(27, Pin.IN)


class Lamp:
    def __init__(self, pin, kilowatts):
        self.relay = Signal(pin, Pin.OUT, invert=True)
        self.kilowatts = kilowatts
        self.seconds = 0

    async def count(self):
        while True:
            await asyncio.sleep(1)
            self.seconds += self.relay.value()
            print("seconds:", self.seconds)
            print("kwh:", self.kilowatts * self.seconds / 3600)


async def watch(lamp):
    quiet = 30
    while True:
        quiet = 0 if motion.value() else quiet + 1
        lamp.relay.value(quiet < 30 and light.read_u16() < 20000)
        await asyncio.sleep_ms(100)


async def main():
    lamp = Lamp(26, 2)
    asyncio.create_task(lamp.count())
    await watch(lamp)


asyncio.run(main())
