# machine.Timer.

import micropython

import _chip
import _clock
from _arguments import count, integer, unpack

_NAMES = ("*mode", "*callback", "*period", "*tick_hz", "*freq", "*hard")
_TIMERS = 2 if _chip.name == "esp32c3" else 4
_TIMER_HZ = 10000000  # the counter's rate: 80 MHz after a prescaler of 8
_US = 10  # counts in a microsecond
_LONGEST = 1 << 54
_timers = {}  # by number
_running = {}  # by number, those that have begun, instances of subclasses too


class Timer:
    ONE_SHOT = 0
    PERIODIC = 1
    # what an instance begins with
    _event = None
    _period = 0  # in counts
    _repeat = 0
    _begun = None  # on the board's clock, in microseconds

    @micropython.native
    def __new__(cls, *arguments, **keywords):
        if cls is not Timer:
            return object.__new__(cls)
        count(len(arguments), 1, 9)
        number = _number(arguments[0])
        timer = _timers.get(number)
        if timer is None:
            timer = object.__new__(cls)
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
        mode, callback, period, tick_hz, freq, hard = unpack(_NAMES, arguments, keywords)
        repeat = 1 if mode == () else integer(mode)
        period = -1 if period == () else integer(period)
        tick_hz = 1000 if tick_hz == () else integer(tick_hz)
        if hard != () and hard:
            raise ValueError("hard Timers are not implemented")
        if freq != () and freq is not None:
            self._period = _counts_of(freq)
        elif period < 0 or tick_hz <= 0:
            self._period = _LONGEST
        else:
            self._period = period * _TIMER_HZ // tick_hz
        self._repeat = 1 if repeat else 0
        self._callback = None if callback == () else callback
        _clock.now += 30
        self._begun = _clock.now
        _running[self._id] = self
        period_us = self._period // _US if self._period >= _US else 1
        self._event = _clock.at(_clock.now + period_us, period_us if repeat else 0, _post, self)

    @micropython.native
    def _stop(self):
        if self._event is not None:
            _clock.cancel(self._event)
            self._event = None

    @micropython.native
    def deinit(self):
        self._stop()
        self._begun = None
        _running.pop(self._id, None)

    @micropython.native
    def value(self):
        # Milliseconds since the counter began or was last set to 0.
        if self._begun is None:
            raise ValueError("timer not set")
        counts = (_clock.now - self._begun) * _US
        if self._repeat and self._period:
            counts %= self._period
        return counts // (_TIMER_HZ // 1000)

    @micropython.native
    def __repr__(self):
        mode = "PERIODIC" if self._repeat else "ONE_SHOT"
        return "Timer(%d, mode=%s, period=%d)" % (self._id, mode, self._period // (_TIMER_HZ // 1000))


@micropython.native
def _number(id):
    number = integer(id)
    if not 0 <= number < _TIMERS:
        raise ValueError("invalid Timer number")
    return number


@micropython.native
def _counts_of(freq):
    if type(freq) not in (int, float, bool):
        raise TypeError("can't convert %s to float" % type(freq).__name__)
    counts = _TIMER_HZ / freq if freq > 0 else _LONGEST
    return int(counts) if counts < _LONGEST else _LONGEST


@micropython.native
def _post(timer):
    if not timer._repeat:
        timer._event = None
    _clock.post(timer._callback, timer)


@micropython.native
def pause():
    # The counters stop while the chip sleeps.
    for timer in _running.values():
        if timer._event is not None:
            _clock.cancel(timer._event)


@micropython.native
def go_on(slept_us):
    for timer in _running.values():
        if timer._event is not None:
            due, period, function, argument = timer._event
            timer._begun += slept_us
            timer._event = _clock.at(due + slept_us, period, function, argument)
