import asyncio
import time
from machine import PWM, Pin

candle = Pin(25, Pin.OUT)
buzzer = PWM(Pin(26), freq=523, duty_u16=0)


async def flicker():
    while True:
        candle.on()
        time.sleep_ms(200)
        candle.off()
        time.sleep_ms(300)


async def melody():
    while True:
        buzzer.duty_u16(32768)
        time.sleep_ms(300)
        buzzer.duty_u16(0)
        time.sleep_ms(100)


async def main():
    await asyncio.gather(flicker(), melody())


asyncio.run(main())
