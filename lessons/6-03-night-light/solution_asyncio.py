import asyncio
from machine import ADC, Pin

led = Pin(2, Pin.OUT)
sensor = ADC(Pin(34))


async def wait_for(reached):
    while not reached(sensor.read_u16()):
        await asyncio.sleep_ms(50)


async def main():
    while True:
        await wait_for(lambda light: light < 15000)
        led.on()
        await wait_for(lambda light: light > 25000)
        led.off()


asyncio.run(main())
