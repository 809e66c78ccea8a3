from machine import ADC, Pin
import time

LAMPS = {18: (0, 15000), 19: (15000, 35000), 23: (35000, 65536)}
pins = {gpio: Pin(gpio, Pin.OUT) for gpio in LAMPS}
sensor = ADC(Pin(34), atten=ADC.ATTN_11DB)


def measured():
    values = []
    begun = time.ticks_ms()
    while time.ticks_diff(time.ticks_ms(), begun) < 450:
        values.append(sensor.read_u16())
        time.sleep_ms(15)
    return sorted(values)


while True:
    values = measured()
    mean = sum(values) // len(values)
    print("mean=%d" % mean)
    print("loudest=%d" % values[-1])
    for gpio in LAMPS:
        low, high = LAMPS[gpio]
        pins[gpio].value(low <= mean < high)
