import asyncio
from machine import PWM, Pin

candle = Pin(25, Pin.OUT)
lamp = Pin(33, Pin.OUT)
buzzer = PWM(Pin(26), freq=523, duty_u16=0)
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
            buzzer.duty_u16(32768)
            await asyncio.sleep_ms(400)


async def door():
    while True:
        await thrown.wait()
        lamp.on()
        if hat.value():
            await asyncio.sleep_ms(1000)
            lamp.value(not hat.value())


async def main():
    tasks = [asyncio.create_task(work()) for work in (flicker, melody, door)]
    for task in tasks:
        await task


asyncio.run(main())
