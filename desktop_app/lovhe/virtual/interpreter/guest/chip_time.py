# The chip's `time`: its clock is the board's.

from micropython import const

import _clock
import _dates
from _arguments import integer as _integer
from _arguments import listed as _listed

_TICKS_MASK = const(0x3FFFFFFF)
_HALF = const(0x20000000)
_CALL_US = const(5)
_SLEEP_US = const(10)
_type = type  # found at once here, later among the built-in names
_int = int


@micropython.native
def ticks_ms():
    now = _clock.now + _CALL_US
    _clock.now = now
    if _clock.real:
        _clock.keep_up()
        now = _clock.now
    return now // 1000 & _TICKS_MASK


@micropython.native
def ticks_us():
    _clock.now += _CALL_US
    if _clock.real:
        _clock.keep_up()
    return _clock.now & _TICKS_MASK


@micropython.native
def ticks_cpu():
    _clock.now += _CALL_US
    if _clock.real:
        _clock.keep_up()
    return _clock.now * 160 & _TICKS_MASK


@micropython.native
def ticks_add(ticks, delta):
    _clock.now += _CALL_US
    delta = _integer(delta)
    if not -_HALF < delta < _HALF:
        raise OverflowError("ticks interval overflow")
    return _integer(ticks) + delta & _TICKS_MASK


@micropython.native
def ticks_diff(ticks1, ticks2):
    _clock.now += _CALL_US
    if _type(ticks1) is _int and _type(ticks2) is _int:
        return (ticks1 - ticks2 + _HALF & _TICKS_MASK) - _HALF
    return (_integer(ticks1) - _integer(ticks2) + _HALF & _TICKS_MASK) - _HALF


@micropython.native
def sleep_ms(ms):
    ms = _integer(ms)
    if ms > 0:
        _clock.wait_until(_clock.now + 1000 * ms + _SLEEP_US)
    else:
        _clock.wait_until(_clock.now + _SLEEP_US)


@micropython.native
def sleep_us(us):
    us = _integer(us)
    if us < 1000:
        # A short wait keeps the processor: nothing else runs.
        _clock.now += us + _CALL_US if us > 0 else _CALL_US
    else:
        _clock.wait_until(_clock.now + us)


@micropython.native
def sleep(seconds):
    kind = type(seconds)
    if kind is not float and kind is not int:
        if kind is not bool:
            raise TypeError("can't convert %s to float" % kind.__name__)
    us = int(seconds * 1000000)
    _clock.wait_until(_clock.now + (us if us > 0 else 0) + _SLEEP_US)


@micropython.native
def time():
    return _dates.now_s_us()[0]


@micropython.native
def time_ns():
    seconds, microseconds = _dates.now_s_us()
    return seconds * 1000000000 + microseconds * 1000


@micropython.native
def gmtime(seconds=None):
    return _dates.from_seconds(_dates.now_s_us()[0] if seconds is None else _integer(seconds))


localtime = gmtime


@micropython.native
def mktime(value):
    if not 8 <= len(_listed(value)) <= 9:
        raise TypeError("mktime needs a tuple of length 8 or 9")
    year, month, day, hour, minute, second = [_integer(number) for number in value[:6]]
    return _dates.to_seconds(year, month, day, hour, minute, second)


del const
