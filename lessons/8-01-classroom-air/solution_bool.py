from machine import I2C, Pin
import dht
import time
from lovhe.drivers.ssd1306 import Ssd1306

sensor = dht.DHT22(Pin(4))
screen = Ssd1306(I2C(0, scl=Pin(22), sda=Pin(21)))


def face(temperature, humidity):
    warm_or_cold = temperature < 18 or temperature > 26
    damp = humidity > 70
    if warm_or_cold and damp:
        return ":("
    if warm_or_cold or damp:
        return ":|"
    return ":)"


def measure():
    sensor.measure()
    return sensor.temperature(), sensor.humidity()


while True:
    temperature, humidity = measure()
    print("temperature: %.1f" % temperature)
    print("humidity: %.1f" % humidity)
    mood = face(temperature, humidity)
    line = "{:.1f} C {:.0f} % {}".format(temperature, humidity, mood)
    screen.fill(0)
    screen.text(line, 0, 0)
    screen.show()
    time.sleep(2)
