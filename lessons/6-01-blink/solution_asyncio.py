import asyncio
from machine import Pin


async def blink(led):
    while True:
        led.on()
        await asyncio.sleep_ms(500)
        led.off()
        await asyncio.sleep_ms(500)


asyncio.run(blink(Pin(2, Pin.OUT)))
