import asyncio
from machine import PWM, Pin

candle = Pin(25, Pin.OUT)
lamp = Pin(33, Pin.OUT)
buzzer = PWM(Pin(26))
hat = Pin(27, Pin.IN, Pin.PULL_UP)


async def candle_task():
    lit = False
    while True:
        lit = not lit
        candle.value(lit)
        await asyncio.sleep(0.2 if lit else 0.3)


async def melody_task(notes):
    place = -1
    while True:
        place = (place + 1) % len(notes)
        buzzer.freq(notes[place])
        buzzer.duty_u16(20000)
        await asyncio.sleep(0.3)
        buzzer.duty_u16(0)
        await asyncio.sleep(0.1)


async def lamp_task():
    while True:
        while hat.value():
            await asyncio.sleep_ms(80)
        lamp(1)
        while not hat.value():
            await asyncio.sleep_ms(80)
        await asyncio.sleep(1)
        lamp(0)


async def main():
    notes = (523, 587, 659, 784)
    await asyncio.gather(candle_task(), melody_task(notes), lamp_task())


asyncio.run(main())
