import asyncio
from machine import PWM, Pin

candle = Pin(25, Pin.OUT)
lamp = Pin(33, Pin.OUT)
buzzer = PWM(Pin(26), freq=523, duty_u16=0)
hat = Pin(27, Pin.IN, Pin.PULL_UP)

tune = [523, 587, 659, 784]


async def flicker():
    while True:
        candle.on()
        await asyncio.sleep_ms(200)
        candle.off()
        await asyncio.sleep_ms(300)


async def main():
    # TODO
    await flicker()


asyncio.run(main())
