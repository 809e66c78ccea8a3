# machine.RTC and WDT: what goes on while MicroPython starts anew.

import micropython

import _clock
import _dates
import _kept
import _world
from _arguments import integer, listed, positional, unpack
from _buffers import readable
from _console import print_function

_MEMORY_BYTES = 2048
_WDT_RESET = 3
_NOTHING = ()


class RTC:
    @micropython.native
    def __new__(cls, *arguments, **keywords):
        if cls is not RTC:
            return object.__new__(cls)
        positional(arguments, keywords, 0, 0)
        return _rtc

    @micropython.native
    def datetime(self, value=_NOTHING):
        if value is _NOTHING:
            seconds, microseconds = _dates.now_s_us()
            year, month, day, hour, minute, second, weekday, _ = _dates.from_seconds(seconds)
            return (year, month, day, weekday, hour, minute, second, microseconds)
        _set(listed(value, 8), 4)

    @micropython.native
    def init(self, datetime):
        # Another order than datetime's: the hour comes where that has the day of the week.
        _set(listed(datetime, 8), 3)

    @micropython.native
    def memory(self, data=_NOTHING):
        if data is _NOTHING:
            text = _kept.hard.get("memory", "")
            return bytes(int(text[place : place + 2], 16) for place in range(0, len(text), 2))
        data = readable(data)
        if len(data) > _MEMORY_BYTES:
            raise ValueError("buffer too long")
        _kept.hard["memory"] = "".join("%02x" % byte for byte in bytes(data))


_rtc = object.__new__(RTC)


@micropython.native
def _set(value, hour):
    numbers = [integer(number) for number in value]
    seconds = _dates.to_seconds(numbers[0], numbers[1], numbers[2], numbers[hour], numbers[hour + 1], numbers[hour + 2])
    _dates.set_now(seconds, numbers[7])


_bite_event = None


class WDT:
    # There is one, and nothing but a reset of the chip stops it.

    @micropython.native
    def __new__(cls, *arguments, **keywords):
        if cls is not WDT:
            return object.__new__(cls)
        id, timeout = unpack(("id", "timeout"), arguments, keywords)
        timeout = 5000 if timeout == () else integer(timeout)
        if id != () and integer(id) != 0:
            raise ValueError
        if timeout <= 0:
            raise ValueError("WDT timeout too short")
        _kept.soft["wdt_ms"] = timeout
        _feed()
        return _wdt

    @micropython.native
    def feed(self):
        _feed()


_wdt = object.__new__(WDT)


@micropython.native
def _feed():
    _start(1000 * _kept.soft["wdt_ms"])


@micropython.native
def _start(left_us):
    global _bite_event
    if _bite_event is not None:
        _clock.cancel(_bite_event)
    _bite_event = _clock.at(_clock.now + left_us, 0, _bite, None)
    _kept.soft["wdt_due_us"] = _bite_event[0]


@micropython.native
def _bite(_):
    print_function(
        "\rE (%d) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:\n"
        "E (%d) task_wdt:  - mpy_machine_wdt\nE (%d) task_wdt: Aborting.\n" % ((_clock.now // 1000,) * 3)
    )
    _world.reset(_WDT_RESET)


@micropython.native
def pause():
    # The watchdog's clock stops while the chip sleeps; what is left of its time, in microseconds, or None.
    global _bite_event
    if _bite_event is None:
        return None
    _clock.cancel(_bite_event)
    left_us = _bite_event[0] - _clock.now
    _bite_event = None
    return left_us


@micropython.native
def go_on(left_us):
    if left_us is not None:
        _start(left_us)


def _after_soft_reset():
    global _bite_event
    due_us = _kept.soft.get("wdt_due_us")
    if due_us is not None:
        _bite_event = _clock.at(due_us, 0, _bite, None)


_kept.on_restore.append(_after_soft_reset)
