import asyncio
import ds18x20
import onewire
from machine import PWM, Pin

WISH = 26
sensor = ds18x20.DS18X20(onewire.OneWire(Pin(4)))
rom = sensor.scan()[0]
heater = PWM(Pin(25))
fan = Pin(26, Pin.OUT)
Pin(27, Pin.OUT, value=0)
state = {"room": WISH}


async def feel():
    while True:
        sensor.convert_temp()
        await asyncio.sleep_ms(760)
        state["room"] = sensor.read_temp(rom)


async def warm():
    while True:
        power = min(max(20 * (WISH - state["room"]), 0), 100)
        heater.duty_u16(int(power * 655.35))
        await asyncio.sleep_ms(300)


async def cool():
    while True:
        while state["room"] <= 29:
            await asyncio.sleep_ms(150)
        fan.on()
        while state["room"] >= 26:
            await asyncio.sleep_ms(150)
        fan.off()


async def main():
    await asyncio.gather(feel(), warm(), cool())


asyncio.run(main())
