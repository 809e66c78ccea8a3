from machine import I2C, Pin, Timer
import dht
import time
from lovhe.drivers.ssd1306 import Ssd1306

sensor = dht.DHT22(Pin(4))
screen = Ssd1306(I2C(0, scl=Pin(22), sda=Pin(21)))


def face(temperature, humidity):
    if 18 <= temperature <= 26:
        if humidity <= 70:
            return ":)"
        return ":|"
    if humidity <= 70:
        return ":|"
    return ":("


def look(timer):
    sensor.measure()
    temperature = sensor.temperature()
    humidity = sensor.humidity()
    print(f"temperature: {temperature}, humidity: {humidity}")
    screen.fill(0)
    numbers = f"{temperature:.1f}C {humidity:.1f}%"
    screen.text(numbers + face(temperature, humidity), 0, 0)
    screen.show()


Timer(0).init(period=2050, callback=look)

while True:
    time.sleep(1)
