import asyncio
from machine import PWM, Pin

candle = Pin(25, Pin.OUT)
lamp = Pin(33, Pin.OUT)
buzzer = PWM(Pin(26))
hat = Pin(27, Pin.IN, Pin.PULL_UP)
thrown = asyncio.ThreadSafeFlag()
hat.irq(lambda pin: thrown.set(), Pin.IRQ_FALLING | Pin.IRQ_RISING)


async def flicker():
    while True:
        for level, ms in ((1, 200), (0, 300)):
            candle.value(level)
            await asyncio.sleep_ms(ms)


async def melody():
    while True:
        for tone in 523, 587, 659, 784:
            buzzer.freq(tone)
            for duty, ms in ((32768, 300), (0, 100)):
                buzzer.duty_u16(duty)
                await asyncio.sleep_ms(ms)


async def door():
    while True:
        await thrown.wait()
        lamp.on()
        if hat.value():
            await asyncio.sleep_ms(1000)
            lamp.value(not hat.value())


async def main():
    tasks = []
    for work in flicker, melody, door:
        tasks.append(asyncio.create_task(work()))
    for task in tasks:
        await task


asyncio.run(main())
