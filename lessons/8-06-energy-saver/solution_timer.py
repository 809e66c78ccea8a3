from machine import ADC, Pin, Timer
import time

motion = Pin(27, Pin.IN)
light = ADC(Pin(34))
relay = Pin(26, Pin.OUT, value=1)
left = 0
seconds = 0


def each_second(timer):
    global seconds
    if relay.value() == 0:
        seconds += 1
    print("seconds: %d kwh: %.5f" % (seconds, seconds / 1800))


Timer(0).init(period=1000, callback=each_second)

while True:
    if motion.value() == 1 and (left > 0 or light.read_u16() < 20000):
        left = 30
    elif left > 0:
        left -= 1
    relay.value(0 if left > 0 else 1)
    time.sleep(0.1)
