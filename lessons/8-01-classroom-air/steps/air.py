from machine import Pin
import dht
import time

sensor = dht.DHT22(Pin(4))

while True:
    GAP_1
    temperature = GAP_2
    humidity = GAP_3
    print(f"temperature: {temperature:.1f}")
    print(f"humidity: {humidity:.1f}")
    time.sleep(GAP_4)
