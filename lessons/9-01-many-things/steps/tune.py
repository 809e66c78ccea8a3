import asyncio
from machine import PWM, Pin

candle = Pin(25, Pin.OUT)
buzzer = PWM(Pin(26), freq=523, duty_u16=0)

tune = [523, 587, 659, 784]


async def flicker():
    while True:
        candle.on()
        await asyncio.sleep_ms(200)
        candle.off()
        await asyncio.sleep_ms(300)


async def melody():
    while True:
        for tone in GAP_1:
            buzzer.freq(tone)
            buzzer.duty_u16(32768)
            await GAP_2(300)
            buzzer.duty_u16(0)
            await asyncio.sleep_ms(100)


async def main():
    asyncio.GAP_3(melody())
    await flicker()


asyncio.run(main())
