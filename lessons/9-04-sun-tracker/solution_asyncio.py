import asyncio
from machine import ADC, PWM, Pin

east = ADC(Pin(34))
west = ADC(Pin(35))
servo = PWM(Pin(18), freq=50)
sky = {"angle": 90, "speed": 0, "night": None}


def turn(degrees):
    servo.duty_ns(int(500_000 + degrees / 180 * 1_900_000))


async def look():
    offset = east.read_u16() - west.read_u16()
    while True:
        e, w = east.read_u16(), west.read_u16() + offset
        sky["night"] = max(east.read_u16(), west.read_u16()) < 8000
        sky["speed"] = 0 if abs(e - w) < 2500 else (1 if e > w else -1)
        await asyncio.sleep_ms(100)


async def move():
    while True:
        if sky["night"]:
            sky["angle"] = 90
        else:
            sky["angle"] = max(20, min(160, sky["angle"] + sky["speed"]))
        turn(sky["angle"])
        await asyncio.sleep_ms(25)


async def main():
    await asyncio.gather(look(), move())


asyncio.run(main())
