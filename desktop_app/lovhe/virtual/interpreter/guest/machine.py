# The chip's `machine` module. Its parts are in the files it imports; names that the chip does not have begin with "_".

from micropython import const  # the chip's module shows it too

import _board
import _chip
import _clock
import _gpio
import _waits
import _world
from _adc import ADC, ADCBlock
from _arguments import integer as _integer
from _buses import I2C, I2S, SPI, UART, SDCard, SoftI2C, SoftSPI
from _dac_touch import DAC, TouchPad
from _pin import Pin, Signal, _gpio_of
from _pwm import PWM
from _registers import mem8, mem16, mem32
from _timers import RTC, WDT, Timer

PWRON_RESET = 1
HARD_RESET = 2
WDT_RESET = 3
DEEPSLEEP_RESET = 4
SOFT_RESET = 5
SLEEP = 2
DEEPSLEEP = 4
EXT0_WAKE = 2
EXT1_WAKE = 3
PIN_WAKE = 2
TIMER_WAKE = 4
TOUCHPAD_WAKE = 5
ULP_WAKE = 6

_ENODEV = 19
_ETIMEDOUT = 116
_DHT_WAIT_US = 268000  # the line is held high for 250 ms, then low for 18 ms
_DHT_ANSWER_US = 4800
_frequency = 160000000

if not _chip.DAC:
    del DAC
if not _chip.TOUCH:
    del TouchPad


class Counter:
    # Not on virtual boards yet.
    def __init__(self, *arguments, **keywords):
        raise OSError(_ENODEV)


class Encoder(Counter):
    pass


@micropython.native
def unique_id():
    return _board.mac


@micropython.native
def reset_cause():
    return _board.reset_cause


@micropython.native
def wake_reason():
    return TIMER_WAKE if _board.reset_cause == DEEPSLEEP_RESET else 0


@micropython.native
def reset():
    _world.reset(HARD_RESET)


@micropython.native
def soft_reset():
    raise SystemExit


@micropython.native
def freq(hz=None):
    global _frequency
    if hz is None:
        return _frequency
    if _integer(hz) // 1000000 not in _chip.CPU_MHZ:
        words = "80Mhz, 160MHz or 240MHz" if 240 in _chip.CPU_MHZ else "80Mhz or 160MHz"
        raise ValueError("frequency must be 20MHz, 40MHz, " + words)
    _frequency = hz // 1000000 * 1000000


@micropython.native
def idle():
    _clock.wait_until(_clock.now + 1000)


@micropython.native
def lightsleep(ms=None):
    # First version: only time wakes the chip.
    _waits.wait_quietly(_clock.now + 1000 * _integer(ms) if ms is not None else _clock.FOREVER)


sleep = lightsleep


@micropython.native
def deepsleep(ms=None):
    # First version: only time wakes the chip, with a reset.
    lightsleep(ms)
    _world.reset(DEEPSLEEP_RESET)


@micropython.native
def disable_irq():
    before = _clock.irq_enabled
    _clock.irq_enabled = False
    return before


@micropython.native
def enable_irq(state=True):
    _clock.irq_enabled = bool(state)
    _clock.set_limit()


@micropython.native
def bitstream(pin, encoding, timing, data):
    gpio = _gpio_of(pin)
    if encoding != 0:
        raise ValueError("encoding")
    high_0, low_0, high_1, low_1 = timing
    _gpio.write(gpio, 1 << gpio, 0)
    _clock.now += 300 + len(data) * 8 * (high_1 + low_1) // 1000
    _world.log(gpio, "neo", "".join("%02x" % byte for byte in data))


@micropython.native
def dht_readinto(pin, buf):
    gpio = _gpio_of(pin)
    if len(buf) < 5:
        raise ValueError("buffer too small")
    mask = 1 << gpio
    _gpio.write(gpio, mask, 1)
    _gpio.configure(gpio, 7, None)
    _clock.wait_until(_clock.now + _DHT_WAIT_US)
    answer = _world.request("dht", [gpio, _clock.now])
    if answer is None:
        raise OSError(_ETIMEDOUT)
    _waits.wait_quietly(_clock.now + _DHT_ANSWER_US)
    for place in range(5):
        buf[place] = answer[place]


@micropython.native
def time_pulse_us(pin, pulse_level, timeout_us=1000000):
    gpio = _gpio_of(pin)
    level = 1 if pulse_level else 0
    timeout_us = _integer(timeout_us)
    _clock.now += 10
    answer = _world.request("pulse", [gpio, level, timeout_us, _clock.now])
    if answer is None:
        return _time_pulse(1 << gpio, level, timeout_us)
    wait_us, length_us = answer
    if wait_us > timeout_us:
        _waits.wait_quietly(_clock.now + timeout_us)
        return -2
    _waits.wait_quietly(_clock.now + wait_us + (length_us if length_us < timeout_us else timeout_us))
    return length_us if length_us <= timeout_us else -1


@micropython.native
def _time_pulse(mask, level, timeout_us):
    # No part that answers pulses: look at the pad itself.
    if not _wait_for_level(mask, level, timeout_us):
        return -2
    begun = _clock.now
    if not _wait_for_level(mask, 1 - level, timeout_us):
        return -1
    return _clock.now - begun


@micropython.native
def _wait_for_level(mask, level, timeout_us):
    due = _clock.now + timeout_us
    while _gpio.read(mask) != level:
        if _clock.now >= due:
            return False
        step = _clock.now + 50 if _gpio.floating & mask else _waits.next_change()
        _waits.wait_quietly(step if step < due else due)
    return True
