# caught by: too-cold
from machine import I2C, Pin
import dht
import time
from lovhe.drivers.ssd1306 import Ssd1306

sensor = dht.DHT22(Pin(4))
screen = Ssd1306(I2C(0, scl=Pin(22), sda=Pin(21)))

def face(temperature, humidity):
    text = ":)"
    if temperature < 18 or temperature > 26:
        text = text + ":|"
    if humidity > 70:
        text = text + ":|"
    if humidity > 70 and (temperature < 18 or temperature > 26):
        text = text + ":("
    return text

while True:
    sensor.measure()
    temperature = sensor.temperature()
    humidity = sensor.humidity()
    print(f"temperature: {temperature:.1f}")
    print(f"humidity: {humidity:.1f}")
    screen.fill(0)
    screen.text(f"{temperature:.1f} C", 0, 0)
    screen.text(f"{humidity:.0f} %", 0, 16)
    screen.text(face(temperature, humidity), 0, 32)
    screen.show()
    time.sleep(2)
