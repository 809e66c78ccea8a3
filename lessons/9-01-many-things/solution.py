import asyncio
from machine import PWM, Pin

candle = Pin(25, Pin.OUT)
lamp = Pin(33, Pin.OUT)
buzzer = PWM(Pin(26))
hat = Pin(27, Pin.IN, Pin.PULL_UP)

tune = [523, 587, 659, 784]


async def flicker():
    while True:
        candle.on()
        await asyncio.sleep_ms(200)
        candle.off()
        await asyncio.sleep_ms(300)


async def melody():
    while True:
        for tone in tune:
            buzzer.freq(tone)
            buzzer.duty_u16(32768)
            await asyncio.sleep_ms(300)
            buzzer.duty_u16(0)
            await asyncio.sleep_ms(100)


async def door():
    while True:
        if hat.value() == 0:
            lamp.on()
            while hat.value() == 0:
                await asyncio.sleep_ms(60)
            await asyncio.sleep_ms(1000)
            lamp.off()
        await asyncio.sleep_ms(60)


async def main():
    asyncio.create_task(melody())
    asyncio.create_task(door())
    await flicker()


asyncio.run(main())
