# esp32.RMT: trains of pulses, sent by themselves at exact times.
#
# How they reach the world: see `_pulses`.

import io

import micropython

import _chip
import _clock
import _gpio
import _pin
import _waits
from _arguments import count, integer, listed, positional, unpack
from _pulses import Train

_SOURCE_HZ = 80000000
_SYMBOLS = 64 if _chip.name == "esp32" else 48  # of a channel's memory; a symbol is two pulses
_CHANNELS = {"esp32": 8, "esp32s3": 4}.get(_chip.name, 2)  # that can send
_NAMES = ("id", "*pin", "*resolution_hz", "*clock_div", "*idle_level", "*tx_carrier", "*num_symbols")
_INVALID_ARG = (-258, "ESP_ERR_INVALID_ARG")
_NOT_FOUND = (-261, "ESP_ERR_NOT_FOUND")
_NOT_SUPPORTED = (95, "ESP_ERR_NOT_SUPPORTED")
_LONGEST = 0x7FFF
_EINVAL = 22
_POLL = 3
_POLL_WRITE = 4
_bitstream = True
_used = 0  # blocks of memory


class RMT(io.IOBase):
    PULSE_MAX = 32767

    @micropython.native
    def __init__(self, *arguments, **keywords):
        global _used
        self._gpio = -1
        id, pin, resolution_hz, clock_div, idle_level, carrier, symbols = unpack(_NAMES, arguments, keywords)
        if pin == ():
            raise TypeError("'pin' argument required")
        if id != ():
            integer(id)
        symbols = _SYMBOLS if symbols == () else integer(symbols)
        gpio = _pin._gpio_of(pin)
        self._resolution_hz = _resolution(resolution_hz, clock_div)
        self._idle = bool(idle_level)
        if symbols < _SYMBOLS or symbols & 1:
            raise ValueError("num_symbols must be even and at least %d" % _SYMBOLS)
        if gpio >= _gpio.FIRST_INPUT_ONLY or not 0 <= _SOURCE_HZ // self._resolution_hz - 1 < 256:
            raise OSError(*_INVALID_ARG)
        blocks = (symbols + _SYMBOLS - 1) // _SYMBOLS
        if _used + blocks > _CHANNELS:
            raise OSError(*_NOT_FOUND)
        _check_carrier(carrier)
        _used += blocks
        self._blocks = blocks
        self._loops = 0
        self._enabled = False
        self._train = None
        self._gpio = gpio
        _pin._release(gpio)
        _gpio.take_over(gpio)
        _gpio.emit(gpio, self._idle)

    @micropython.native
    def deinit(self):
        global _used
        if self._gpio >= 0:
            self._stop()
            _gpio.give_back(self._gpio)
            self._gpio = -1
            _used -= self._blocks

    @micropython.native
    def __del__(self):
        global _used
        if self._gpio >= 0:
            _used -= self._blocks

    @micropython.native
    def _check(self):
        if self._gpio < 0:
            raise OSError("already deinitialized")

    @micropython.native
    def _stop(self):
        if self._train is not None:
            self._train.stop()
            self._train = None
            _gpio.emit(self._gpio, self._idle)
        self._enabled = False

    @micropython.native
    def _busy(self):
        return self._train is not None and not self._train.over()

    @micropython.native
    def active(self, *value):
        count(len(value), 0, 1)
        if not value:
            return self._enabled and self._busy()
        if value[0]:
            raise ValueError("activate by calling write_pulses()")
        self._stop()
        return False

    @staticmethod
    @micropython.native
    def source_freq():
        return _SOURCE_HZ

    @micropython.native
    def clock_div(self):
        self._check()
        return _SOURCE_HZ // self._resolution_hz

    @micropython.native
    def wait_done(self, *arguments, **keywords):
        (timeout,) = unpack(("*timeout",), arguments, keywords)
        timeout = 0 if timeout == () else integer(timeout)
        self._check()
        if self._enabled and self._busy():
            if timeout == 0:
                return False
            due = _clock.FOREVER if timeout < 0 else _clock.now + 1000 * timeout
            _waits.wait_quietly(min(due, self._train.end_us))
        return not self._busy()

    @micropython.native
    def _loop(self, loops):
        self._check()
        if self._busy() and self._loops and not loops:
            self._stop()
        self._loops = loops

    @micropython.native
    def loop(self, enable_loop):
        self._loop(-1 if integer(enable_loop) else 0)

    @micropython.native
    def loop_count(self, n):
        n = integer(n)
        if n < -1:
            raise ValueError("arg must be -1, 0 or positive")
        self._loop(n)

    @micropython.native
    def write_pulses(self, *arguments, **keywords):
        positional(arguments, keywords, 1, 2)
        self._check()
        if self._enabled and self._train is not None:
            _waits.wait_quietly(self._train.end_us)
        self._enabled = True
        pulses = _pulses(arguments[0], arguments[1] if len(arguments) > 1 else True)
        if self._loops > 0 and _chip.name == "esp32":
            raise OSError(*_NOT_SUPPORTED)
        _clock.now += 30
        self._train = Train(self._gpio, pulses, self._resolution_hz, self._loops, self._idle)

    @staticmethod
    @micropython.native
    def bitstream_rmt(*value):
        global _bitstream
        count(len(value), 0, 1)
        if value:
            _bitstream = bool(value[0])
        return _bitstream

    @staticmethod
    @micropython.native
    def bitstream_channel(*value):
        global _bitstream
        count(len(value), 0, 1)
        if value:
            if value[0] is not None and integer(value[0]) < 0:
                raise ValueError("invalid channel")
            _bitstream = value[0] is not None
        return 1 if _bitstream else None

    @micropython.native
    def ioctl(self, request, flags):
        if request != _POLL:
            return -_EINVAL
        return flags & _POLL_WRITE if not self._busy() else 0

    def __repr__(self):
        if self._gpio < 0:
            return "RMT()"
        settings = (self._gpio, _SOURCE_HZ, self._resolution_hz, self._idle)
        return "RMT(pin=%d, source_freq=%d, resolution_hz=%d, idle_level=%d)" % settings


@micropython.native
def _resolution(resolution_hz, clock_div):
    has_hz = resolution_hz != () and resolution_hz is not None
    has_div = clock_div != () and clock_div is not None
    if has_hz and has_div:
        raise ValueError("resolution_hz and clock_div are mutually exclusive")
    if has_hz:
        resolution_hz = integer(resolution_hz)
        if resolution_hz <= 0:
            raise ValueError("resolution_hz must be positive")
        return resolution_hz
    if has_div:
        if not 1 <= integer(clock_div) <= 255:
            raise ValueError("clock_div must be between 1 and 255")
        return _SOURCE_HZ // clock_div
    return 10000000


@micropython.native
def _check_carrier(carrier):
    if carrier != () and carrier is not None:
        frequency, duty, _ = listed(carrier, 3)
        if integer(frequency) == 0:
            raise ValueError("tx_carrier frequency must be >0")
        if not 0 <= integer(duty) <= 100:
            raise ValueError("tx_carrier duty must be 0..100")


@micropython.native
def _pulses(durations, levels):
    # [level, counts] of each pulse, from the three ways to say it.
    if type(levels) not in (tuple, list):
        level = 1 if levels else 0
        durations = listed(durations)
        levels = [(level + place) & 1 for place in range(len(durations))]
    elif type(durations) is int or type(durations) is bool:
        durations = [durations] * len(levels)
    else:
        if len(listed(durations)) != len(levels):
            raise ValueError("duration and data must have same length")
    if not levels:
        raise ValueError("No pulses")
    return [[1 if levels[place] else 0, integer(durations[place]) & _LONGEST] for place in range(len(levels))]
