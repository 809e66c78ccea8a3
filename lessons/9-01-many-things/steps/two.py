import asyncio
from machine import Pin

candle = Pin(25, Pin.OUT)
lamp = Pin(33, Pin.OUT)
async def blink(led, ms):
    while True:
        led.on()
        await asyncio.sleep_ms(ms)
        led.off()
        await asyncio.sleep_ms(ms)
async def main():
    asyncio.create_task(blink(candle, 200))
    await blink(lamp, 500)
asyncio.run(main())
