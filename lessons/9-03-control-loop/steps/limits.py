import time
from machine import PWM, Pin

wish = 26
heater = PWM(Pin(25), freq=1000, duty_u16=0)


def heat(room):
    power = 20 * (GAP_1)
    power = max(0, GAP_2)
    heater.duty_u16(int(power * GAP_3))
    print("room:", room, "power:", power)


for room in [20, 23, 25, 27, 24]:
    heat(room)
    time.sleep_ms(800)

while True:
    time.sleep(1)
