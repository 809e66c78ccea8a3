# caught by: too-cold
from machine import I2C, Pin
import dht
import time
from lovhe.drivers.ssd1306 import Ssd1306

sensor = dht.DHT22(Pin(4))
screen = Ssd1306(I2C(0, scl=Pin(22), sda=Pin(21)))

def face(temperature, humidity):
    count = 0
    if temperature < 18 or temperature > 26:
        count = count + 1
    if humidity > 70:
        count = count + 1
    return count

while True:
    sensor.measure()
    temperature = sensor.temperature()
    humidity = sensor.humidity()
    print(f"temperature: {temperature:.1f}")
    print(f"humidity: {humidity:.1f}")
    screen.fill_rect(0, 0, 128, 30, 0)
    screen.text(f"{temperature:.1f} C", 0, 0)
    screen.text(f"{humidity:.0f} %", 0, 16)
    count = face(temperature, humidity)
    screen.text([":)", ":|", ":("][count], 40 * count, 40)
    screen.show()
    time.sleep(2)
