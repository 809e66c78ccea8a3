import asyncio
from machine import Pin


async def follow(button, led):
    while True:
        while button.value() == 1:
            await asyncio.sleep_ms(10)
        led.on()
        while button.value() == 0:
            await asyncio.sleep_ms(10)
        led.off()


asyncio.run(follow(Pin(4, Pin.IN, Pin.PULL_UP), Pin(2, Pin.OUT)))
