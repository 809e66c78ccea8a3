from machine import ADC, Pin
from time import sleep_ms
from lovhe.drivers.servo import Servo

EAST = ADC(Pin(34))
WEST = ADC(Pin(35))
panel = Servo(18)


def share():
    a, b = EAST.read_u16(), WEST.read_u16()
    return a / (a + b), a + b


normal = sum([share()[0] for _ in range(5)]) / 5
angle = 90

while True:
    now, brightness = share()
    if brightness < 16000:
        step = 90 - angle
    elif abs(now - normal) < 0.03:
        step = 0
    else:
        step = 3 if now > normal else -3
    angle = min(max(angle + step, 20), 160)
    panel.angle(angle)
    sleep_ms(60)
