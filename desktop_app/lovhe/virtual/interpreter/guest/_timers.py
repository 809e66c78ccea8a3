# machine.Timer, RTC and WDT.

import micropython

import _clock
import _dates
import _world
from _arguments import count, integer, unpack

_NAMES = ("*mode", "*callback", "*period", "*tick_hz", "*freq")
_TIMER_HZ = 40000000  # the counter's rate after its prescaler
_timers = {}


class Timer:
    ONE_SHOT = 0
    PERIODIC = 1
    # what a subclass's instance begins with
    _event = None
    _period = 0
    _repeat = 0
    _begun = None

    @micropython.native
    def __new__(cls, *arguments, **keywords):
        if cls is not Timer:
            return object.__new__(cls)
        count(len(arguments), 1, 9)
        number = _number(arguments[0])
        timer = _timers.get(number)
        if timer is None:
            timer = object.__new__(cls)
            timer._event = None
            timer._period = 0
            timer._repeat = 0
            timer._begun = None
            _timers[number] = timer
        return timer

    @micropython.native
    def __init__(self, id, *arguments, **keywords):
        self._id = _number(id)
        if arguments or keywords:
            self.init(*arguments, **keywords)

    @micropython.native
    def init(self, *arguments, **keywords):
        self._stop()
        mode, callback, period, tick_hz, freq = unpack(_NAMES, arguments, keywords)
        if freq != () and freq is not None:
            self._period = int(_TIMER_HZ / freq) // (_TIMER_HZ // 1000000)
        else:
            period = 0xFFFFFFFF if period == () else integer(period) & 0xFFFFFFFF
            tick_hz = 1000 if tick_hz == () else integer(tick_hz)
            self._period = period * 1000000 // tick_hz
        self._repeat = 1 if mode == () else integer(mode)
        self._callback = None if callback == () else callback
        _clock.now += 30
        self._begun = _clock.now
        period = self._period if self._period > 0 else 1
        self._event = _clock.at(_clock.now + period, period if self._repeat else 0, _post, self)

    @micropython.native
    def _stop(self):
        if self._event is not None:
            _clock.cancel(self._event)
            self._event = None

    @micropython.native
    def deinit(self):
        self._stop()
        self._begun = None

    @micropython.native
    def value(self):
        if self._begun is None:
            raise ValueError("timer not set")
        elapsed = _clock.now - self._begun
        if self._repeat and self._period:
            elapsed %= self._period
        return elapsed // 1000

    @micropython.native
    def __repr__(self):
        mode = "PERIODIC" if self._repeat else "ONE_SHOT"
        return "Timer(%d, mode=%s, period=%d)" % (self._id, mode, self._period // 1000)


@micropython.native
def _number(id):
    number = integer(id)
    if not 0 <= number <= 3:
        raise ValueError("invalid Timer number")
    return number


@micropython.native
def _post(timer):
    _clock.post(timer._callback, timer)


_memory = b""


class RTC:
    # First version: the clock starts at 2000-01-01 after each reset, soft ones too.

    @micropython.native
    def __init__(self, id=0):
        if integer(id) != 0:
            raise ValueError("RTC(%d) doesn't exist" % id)

    @micropython.native
    def datetime(self, value=()):
        if value == ():
            seconds, microseconds = _dates.now_s_us()
            year, month, day, hour, minute, second, weekday, _ = _dates.from_seconds(seconds)
            return (year, month, day, weekday, hour, minute, second, microseconds)
        if len(value) != 8:
            raise ValueError("requested length 8 but object has length %d" % len(value))
        _dates.set_now(_dates.to_seconds(value[0], value[1], value[2], value[4], value[5], value[6]), value[7])

    @micropython.native
    def init(self, value):
        self.datetime(value)

    @micropython.native
    def memory(self, data=()):
        global _memory
        if data == ():
            return _memory
        if len(data) > 2048:
            raise ValueError("buffer too long")
        _memory = bytes(data)


class WDT:
    @micropython.native
    def __init__(self, id=0, *, timeout=5000):
        if integer(id) != 0:
            raise ValueError
        if integer(timeout) <= 0:
            raise ValueError("WDT timeout too short")
        self._timeout = timeout
        self._event = None
        self.feed()

    @micropython.native
    def feed(self):
        if self._event is not None:
            _clock.cancel(self._event)
        self._event = _clock.at(_clock.now + 1000 * self._timeout, 0, _bite, None)


_WATCHDOG_RESET = 3


@micropython.native
def _bite(_):
    _world.reset(_WATCHDOG_RESET)
