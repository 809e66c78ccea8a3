from machine import ADC, Pin
from time import sleep_ms
from lovhe.drivers.servo import Servo

EAST = ADC(Pin(34), atten=ADC.ATTN_11DB)
WEST = ADC(Pin(35), atten=ADC.ATTN_11DB)
panel = Servo(18)


def light(sensor):
    return sum([sensor.read_u16() for _ in range(8)]) / 8


def share():
    a, b = light(EAST), light(WEST)
    return a / (a + b), a + b


panel.angle(90)
normal = sum([share()[0] for _ in range(5)]) / 5
angle = 90

while True:
    now, brightness = share()
    if brightness < 16000:
        target = 90
        step = max(-3, min(3, target - angle))
    elif abs(now - normal) < 0.04:
        step = 0
    else:
        step = 3 if now > normal else -3
    angle = min(max(angle + step, 20), 160)
    panel.angle(angle)
    sleep_ms(60)
