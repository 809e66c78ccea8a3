import asyncio
from machine import PWM, Pin

candle = Pin(25, Pin.OUT)
lamp = Pin(33, Pin.OUT)
buzzer = PWM(Pin(26), freq=440, duty_u16=0)
hat = Pin(27, Pin.IN, Pin.PULL_UP)


async def candle_task():
    lit = False
    while True:
        lit = not lit
        candle.value(lit)
        await asyncio.sleep(0.2 if lit else 0.3)


async def melody_task(notes):
    place = 0
    while True:
        buzzer.freq(notes[place])
        buzzer.duty_u16(20000)
        await asyncio.sleep(0.36)
        buzzer.duty_u16(0)
        await asyncio.sleep(0.04)
        place = (place + 1) % len(notes)


async def lamp_task():
    while True:
        while hat.value():
            await asyncio.sleep_ms(50)
        lamp(1)
        while not hat.value():
            await asyncio.sleep_ms(50)
        await asyncio.sleep(1)
        lamp(0)


async def main():
    await asyncio.gather(candle_task(), melody_task((523, 587, 659, 784)), lamp_task())


asyncio.run(main())
