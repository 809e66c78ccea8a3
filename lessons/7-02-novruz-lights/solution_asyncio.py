import asyncio
import random
from machine import PWM, Pin
from neopixel import NeoPixel

candle = PWM(Pin(18))
bonfire = NeoPixel(Pin(4), 8)


async def tuesdays():
    for percent in (25, 50, 75, 100):
        candle.duty_u16(65535 * percent // 100)
        await asyncio.sleep(1)


async def fire():
    while True:
        for i in range(8):
            bonfire[i] = (80, random.randint(25, 60), 0)
        bonfire.write()
        await asyncio.sleep_ms(80)


async def main():
    await tuesdays()
    await fire()


asyncio.run(main())
