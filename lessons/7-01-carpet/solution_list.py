from machine import Pin
from neopixel import NeoPixel
import time

carpet = NeoPixel(Pin(4), 8)
border = [(60, 0, 0)]
field = []
for i in range(3):
    field.append((0, 60 - 30 * i, 30 * i))

while True:
    half = border + field
    whole = half + half[::-1]
    for i in range(8):
        carpet[i] = whole[i]
    carpet.write()
    field.append(field.pop(0))
    time.sleep(1)
