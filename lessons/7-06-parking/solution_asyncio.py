import asyncio
from lovhe.drivers.hcsr04 import HcSr04
from machine import PWM, Pin
from neopixel import NeoPixel

sensor = HcSr04(25, 26)
buzzer = PWM(Pin(27), freq=700)
strip = NeoPixel(Pin(4), 8)
distance = 400


async def look():
    global distance
    while True:
        distance = sensor.distance_cm()
        strip.fill((50 * (distance < 100), 50 * (distance > 50), 0))
        strip.write()
        await asyncio.sleep(0.1)


async def beep():
    while True:
        if distance < 100:
            buzzer.duty_u16(32768)
            await asyncio.sleep(0.1)
        if distance > 20:
            buzzer.duty_u16(0)
            await asyncio.sleep(0.9 if 100 > distance > 50 else 0.1)


async def main():
    asyncio.create_task(look())
    await beep()


asyncio.run(main())
