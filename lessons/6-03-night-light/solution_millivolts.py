from machine import ADC, Pin
from time import sleep_ms

DARK_MV = 800
BRIGHT_MV = 1300

led = Pin(2, Pin.OUT)
sensor = ADC(Pin(34))
sensor.atten(ADC.ATTN_11DB)


def millivolts():
    total = 0
    for _ in range(10):
        total += sensor.read_uv()
    return total // 10000


limit = DARK_MV
while True:
    if millivolts() < limit:
        led.on()
        limit = BRIGHT_MV
    else:
        led.off()
        limit = DARK_MV
    sleep_ms(50)
