# The timers of the chip's LEDC, which PWM counts on: how finely they can count at a frequency, and which frequency they really give.
#
# Source: ESP-IDF 5.5's ledc.c; the port's machine_pwm.c at v1.28.0 for the clocks it chooses.

import micropython

import _chip

MAX_HZ = 40000000
_CLOCK_HZ = 80000000
_SLOW_CLOCK_HZ = 1000000
_SLEEP_CLOCK_HZ = 8000000 if _chip.name == "esp32" else 17500000
_LONGEST_DIVIDER = 0x3FFFF  # 10 bits and 8 behind the point
_FAILED = (1, "ESP_FAIL")
_OTHER_CLOCK = "one or more active timers use a different clock source, not supported by the current SoC."

FREE = -1
timers = [[[FREE, 0, 0, 0] for _ in range(_chip.PWM_TIMERS)] for _ in range(_chip.PWM_GROUPS)]
FREQ, BITS, SOURCE, DIVIDER = range(4)


@micropython.native
def check_frequency(frequency, most):
    if not 1 <= frequency <= most:
        raise ValueError("frequency must be from 1Hz to %dMHz" % (most // 1000000))


@micropython.native
def _divider(source, frequency, bits):
    steps = frequency << bits
    return ((source << 8) + steps // 2) // steps


@micropython.native
def _resolution(source, frequency):
    bits = 0
    for ratio in ((source + frequency // 2) // frequency, source // frequency):
        bits = 0
        while ratio >> (bits + 1) and bits < _chip.PWM_BITS:
            bits += 1
        if 256 <= _divider(source, frequency, bits) <= _LONGEST_DIVIDER:
            break
    else:
        bits = 0
    if bits > 16:
        bits = 16
    return bits - 1 if bits >= _chip.PWM_BITS else bits  # with all its bits the timer cannot stay high


@micropython.native
def true_frequency(timer):
    if not timer[DIVIDER]:
        return 0
    steps = timer[DIVIDER] << timer[BITS]
    return ((timer[SOURCE] << 8) + steps // 2) // steps


@micropython.native
def set_timer(timer, frequency, sleepy):
    # `sleepy`: counts on in light sleep, from another clock.
    source = _CLOCK_HZ
    if sleepy:
        source = _SLEEP_CLOCK_HZ
    elif frequency < _chip.PWM_SLOW_HZ:
        source = _SLOW_CLOCK_HZ
    if _chip.PWM_GROUPS == 1:  # such chips have one clock for all timers
        for other in timers[0]:
            if other is not timer and other[FREQ] >= 0 and other[SOURCE] != source:
                raise RuntimeError(_OTHER_CLOCK)
    check_frequency(frequency, source // 2)
    bits = _resolution(source, frequency)
    divider = _divider(source, frequency, bits)
    if not 256 <= divider <= _LONGEST_DIVIDER:
        raise OSError(*_FAILED)
    timer[:] = [frequency, bits, source, divider]
