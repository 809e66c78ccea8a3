from machine import I2C, Pin
from dht import DHT22
from time import sleep_ms
from lovhe.drivers.ssd1306 import Ssd1306

FACES = [":)", ":|", ":("]

sensor = DHT22(Pin(4))
screen = Ssd1306(I2C(0, scl=Pin(22), sda=Pin(21)))


def show(line):
    screen.fill(0)
    screen.text(line, 0, 0)
    screen.show()


while True:
    sensor.measure()
    t = sensor.temperature()
    h = sensor.humidity()
    print("temperature:", t, "humidity:", h)
    bad = 0
    if not 18 <= t <= 26:
        bad += 1
    if h > 70:
        bad += 1
    show(FACES[bad] + " " + str(round(t)) + " C " + str(round(h)) + " %")
    sleep_ms(2100)
