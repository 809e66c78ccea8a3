import asyncio
from machine import I2C, PWM, Pin
from lovhe.drivers.bme280 import Bme280
from lovhe.drivers.ssd1306 import Ssd1306

bus = I2C(0, scl=Pin(22), sda=Pin(21))
sensor = Bme280(bus)
page = Ssd1306(bus)
red = Pin(25, Pin.OUT)
green = Pin(33, Pin.OUT)
sound = PWM(Pin(26))
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
        await asyncio.sleep_ms(80)


def draw(humidity, word):
    page.fill(0)
    page.text(f"{word} {humidity:.1f} %", 0, 0)
    page.show()


async def watch():
    usual = sensor.humidity()
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
            if pressed.is_set():
                sound.duty_u16(0)
            else:
                sound.duty_u16(32768)
            await asyncio.sleep_ms(200)


async def main():
    asyncio.create_task(heart())
    asyncio.create_task(hand())
    await watch()


asyncio.run(main())
