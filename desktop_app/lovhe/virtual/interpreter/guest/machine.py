# The chip's `machine` module. Its parts are in the files it imports; names that the chip does not have begin with "_".

from binascii import hexlify as _hexlify

from micropython import const  # the chip's module shows it too

import _board
import _chip
import _clock
import _edges
import _gpio
import _kept
import _waits
import _world
from _adc import ADC, ADCBlock
from _arguments import integer as _integer
from _arguments import listed as _listed
from _arguments import positional as _positional
from _buffers import readable as _readable
from _dac_touch import DAC, TouchPad
from _i2c import I2C, SoftI2C
from _pin import Pin, Signal, _gpio_of
from _pwm import PWM
from _registers import mem8, mem16, mem32
from _rtc import RTC, WDT
from _sleep import deepsleep, lightsleep, wake_reason
from _timers import Timer

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

_ETIMEDOUT = 116
_DHT_WAIT_US = 268000  # the line is held high for 250 ms, then low for 18 ms
_DHT_ANSWER_US = 4800
_INTO_LOADER = 0
_IDLE_US = 20
_MASKED = 3
_START_MHZ = 160
_CHAIN_BYTES = 4096  # of colours that the world is told: longer chains are in no kit

if _chip.name != "esp32":

    @micropython.native
    def bootloader(*arguments):
        _positional(arguments, {}, 0, 1)
        _world.reset(_INTO_LOADER)


if not _chip.DAC:
    del DAC
if not _chip.TOUCH:
    del TouchPad


@micropython.native
def unique_id():
    return _board.mac


@micropython.native
def reset_cause():
    return _board.reset_cause


@micropython.native
def reset():
    _world.reset(HARD_RESET)


@micropython.native
def soft_reset():
    raise SystemExit


@micropython.native
def freq(*arguments, **keywords):
    _positional(arguments, keywords, 0, 1)
    if not arguments:
        return 1000000 * _kept.soft.get("mhz", _START_MHZ)
    mhz = _integer(arguments[0]) // 1000000
    if mhz not in _chip.CPU_MHZ:
        words = "80Mhz, 160MHz or 240MHz" if 240 in _chip.CPU_MHZ else "80Mhz or 160MHz"
        raise ValueError("frequency must be 20MHz, 40MHz, " + words)
    _kept.soft["mhz"] = mhz


@micropython.native
def idle():
    # Other tasks get the processor; there are none that would keep it.
    _clock.wait_until(_clock.now + _IDLE_US)


sleep = lightsleep


@micropython.native
def disable_irq():
    # The state to give back to enable_irq: the level of interrupts that were kept out.
    before = 0 if _clock.irq_enabled else _MASKED
    _clock.irq_enabled = False
    return before


@micropython.native
def enable_irq(state):
    _clock.irq_enabled = _integer(state) != _MASKED
    _clock.set_limit()


@micropython.native
def bitstream(pin, encoding, timing, data):
    gpio = _gpio_of(pin)
    encoding = _integer(encoding)
    data = _readable(data)
    if encoding != 0:
        raise ValueError("encoding")
    _send_bits(gpio, [_integer(time_ns) for time_ns in _listed(timing, 4)], data)


@micropython.native
def _send_bits(gpio, timing_ns, data):
    # Each bit is high and then low for its times, the highest bit first. A chain of LEDs takes a short high for 0 and a long one for 1.
    high_0, low_0, high_1, low_1 = timing_ns
    _gpio.write(gpio, 1 << gpio, 0)
    _clock.now += 300 + len(data) * 8 * (high_1 + low_1) // 1000
    if 2 * high_1 > 3 * high_0 > 0 and low_0 > 0:
        _world.log(gpio, "neo", _hexlify(bytes(data)[:_CHAIN_BYTES]).decode())


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
    mask = 1 << gpio
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
        if _gpio.waving & mask:
            step = min(step, _edges.coming(mask))
        _waits.wait_quietly(step if step < due else due)
    return True
