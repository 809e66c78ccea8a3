# Calendar arithmetic for `time` and `machine.RTC`: seconds since 2000-01-01, as MicroPython on the ESP32 counts them.

import micropython

import _clock

_DAY_S = 86400
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_offset_us = 0


@micropython.native
def now_us():
    return _clock.now + _offset_us


def start_at(calendar_us, clock_us):
    # The calendar shows `calendar_us` when the board's clock shows `clock_us`.
    global _offset_us
    _offset_us = calendar_us - clock_us


@micropython.native
def now_s_us():
    microseconds = _clock.now + _offset_us
    return microseconds // 1000000, microseconds % 1000000


@micropython.native
def set_now(seconds, microseconds):
    global _offset_us
    _offset_us = 1000000 * seconds + microseconds - _clock.now


@micropython.native
def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@micropython.native
def _days_before(year):
    # Days from 2000-01-01 to the first day of `year`.
    past = year - 1
    return 365 * (year - 2000) + (past // 4 - 499) - (past // 100 - 19) + (past // 400 - 4)


@micropython.native
def _day_of_year(year, month, day):
    return _BEFORE_MONTH[month - 1] + day + (1 if month > 2 and _is_leap(year) else 0)


@micropython.native
def to_seconds(year, month, day, hour, minute, second):
    year += (month - 1) // 12
    month = (month - 1) % 12 + 1
    days = _days_before(year) + _day_of_year(year, month, 1) - 1 + day - 1
    return days * _DAY_S + hour * 3600 + minute * 60 + second


@micropython.native
def from_seconds(seconds):
    # (year, month, day, hour, minute, second, weekday, day of the year)
    days = seconds // _DAY_S
    rest = seconds % _DAY_S
    year = 2000 + days // (366 if days >= 0 else 365)  # never too late
    while _days_before(year + 1) <= days:
        year += 1
    day_of_year = days - _days_before(year) + 1
    month = 12
    while _day_of_year(year, month, 1) > day_of_year:
        month -= 1
    day = day_of_year - _day_of_year(year, month, 1) + 1
    return (year, month, day, rest // 3600, rest // 60 % 60, rest % 60, (days + 5) % 7, day_of_year)
