import asyncio
import time


async def guard():
    while True:
        begun = time.ticks_ms()
        await asyncio.sleep_ms(50)
        late = time.ticks_diff(time.ticks_ms(), begun) - 50
        print("late:", late)


async def baker():
    while True:
        await asyncio.sleep_ms(420)
        time.sleep_ms(250)


async def main():
    await asyncio.gather(guard(), baker())


asyncio.run(main())
