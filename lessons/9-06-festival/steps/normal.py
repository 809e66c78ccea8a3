import time
from machine import I2C, Pin
from lovhe.drivers.bme280 import Bme280

i2c = I2C(0, scl=Pin(22), sda=Pin(21))
air = Bme280(i2c)

while True:
    print("temperature:", air.temperature())
    print("humidity:", air.humidity())
    print("pressure:", air.pressure())
    time.sleep_ms(500)
