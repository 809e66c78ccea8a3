import asyncio
from machine import I2C, PWM, Pin
from lovhe.drivers.bme280 import Bme280
from lovhe.drivers.ssd1306 import Ssd1306

bus = I2C(0, scl=Pin(22), sda=Pin(21), freq=400_000)
sensor = Bme280(bus)
page = Ssd1306(bus)
red = Pin(25, Pin.OUT, value=0)
green = Pin(33, Pin.OUT)
sound = PWM(Pin(26), freq=660, duty_u16=0)
button = Pin(27, Pin.IN, Pin.PULL_UP)

pressed = asyncio.Event()


async def heart():
    while True:
        green.value(not green.value())
        await asyncio.sleep(0.5)


async def hand():
    while True:
        if not button.value():
            pressed.set()
        await asyncio.sleep_ms(50)


def draw(humidity, word):
    page.fill(0)
    page.text("Book room", 0, 0)
    page.text(f"{humidity:.1f} %", 0, 16)
    page.text(word, 0, 32)
    page.show()


async def watch():
    first = []
    for _ in range(5):
        first.append(sensor.humidity())
        await asyncio.sleep_ms(100)
    usual = sum(first) / len(first)
    while True:
        humidity = sensor.humidity()
        print(f"value: {humidity:.1f}")
        if usual - 5 <= humidity <= usual + 5:
            pressed.clear()
            red.off()
            sound.duty_u16(0)
            draw(humidity, "OK")
            await asyncio.sleep_ms(400)
        else:
            red.on()
            draw(humidity, "Alarm!")
            for _ in range(4):
                sound.duty_u16(0 if pressed.is_set() else 30000)
                await asyncio.sleep_ms(60)
                sound.duty_u16(0)
                await asyncio.sleep_ms(60)


async def main():
    asyncio.create_task(heart())
    asyncio.create_task(hand())
    await watch()


asyncio.run(main())
