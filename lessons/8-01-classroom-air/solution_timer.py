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
    screen.fill_rect(0, 0, 128, 64, 0)
    screen.text(f"{temperature:.1f}C", 10, 10)
    screen.text(f"{humidity:.1f}%", 10, 30)
    screen.text(face(temperature, humidity), 100, 20)
    screen.show()


Timer(0).init(period=2050, callback=look)

while True:
    time.sleep(1)
