import asyncio
from machine import ADC, Pin

sensor = ADC(Pin(34))
pump = Pin(25, Pin.OUT)
warning = Pin(26, Pin.OUT)


async def water():
    while True:
        soil = sensor.read_u16()
        if soil > 42000:
            pump.on()
        elif soil < 34000:
            pump.off()
        await asyncio.sleep_ms(100)


async def warn():
    dry = 0
    while True:
        dry = dry + 1 if pump.value() else 0
        warning.value(dry > 30)
        await asyncio.sleep_ms(100)


async def main():
    await asyncio.gather(water(), warn())


asyncio.run(main())
