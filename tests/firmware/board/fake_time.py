"""A clock that runs only when the program waits or asks for the time: `time` for tests without a board.

Runs on MicroPython and on CPython. Timers of `fake_machine` fire from it; a Ctrl-C can be set for a time of day.
"""

now_us = 10_000_000  # a board that is up for 10 s
stop_us = None  # when Ctrl-C comes
timers = []
_in_callback = False


def advance(us):
    """Let time pass; fire what is due, never one callback inside another."""
    global now_us, stop_us, _in_callback
    end = now_us + us
    if not _in_callback:
        while True:
            due = [t for t in timers if t.next_us is not None and t.next_us <= end]
            if not due:
                break
            t = min(due, key=lambda t: t.next_us)
            if stop_us is not None and t.next_us >= stop_us:
                break
            now_us = max(now_us, t.next_us)
            _in_callback = True
            try:
                t.fire()
            except Exception as e:  # as the chip: told, and the program goes on
                print("callback:", type(e).__name__, e)
            finally:
                _in_callback = False
        if stop_us is not None and end >= stop_us:
            now_us, stop_us = max(now_us, stop_us), None
            raise KeyboardInterrupt
    now_us = max(now_us, end)


def sleep(s):
    advance(int(s * 1_000_000))


def sleep_ms(ms):
    advance(ms * 1000)


def sleep_us(us):
    advance(us)


def ticks_ms():
    advance(3)
    return (now_us // 1000) & 0x3FFFFFFF


def ticks_us():
    advance(3)
    return now_us & 0x3FFFFFFF


def ticks_add(ticks, delta):
    return (ticks + delta) & 0x3FFFFFFF


def ticks_diff(a, b):
    return ((a - b + 0x20000000) & 0x3FFFFFFF) - 0x20000000


def time():
    return now_us // 1_000_000
