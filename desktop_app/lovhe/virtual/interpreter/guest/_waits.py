# Ways to let time pass, beyond `_clock.wait_until`.

import micropython

import _clock
import _gpio
from _clock import peek, wait_until

_REAL_STEP_US = 2000  # how often typed input is looked for
_VIRTUAL_STEP_US = 20000
_PC_STEP_MS = 20
typed = []  # bytes that the world itself has typed, which come before those of the line


@micropython.native
def byte_waits(stdin_poller):
    return bool(typed or peek(stdin_poller, 0))


@micropython.native
def wait_for_input(stdin_poller, due):
    # Wait until there is a byte to read or `due` has come; whether there is. In virtual time a typed byte takes no time.
    _clock.check_hook()
    pc_ms = 0
    step_us = _REAL_STEP_US
    if not _clock.real:
        step_us = _VIRTUAL_STEP_US
        if _clock.until == _clock.NEVER:
            pc_ms = _PC_STEP_MS  # nobody holds the clock: let it run no faster than the one who types
    while True:
        if typed or peek(stdin_poller, pc_ms):
            return True
        if _clock.now >= due:
            return False
        step = _clock.now + step_us
        wait_until(step if step < due else due)


@micropython.native
def wait_quietly(due):
    # As wait_until, but callbacks stay in the queue, as while the chip's own code keeps the processor.
    before = _clock.busy
    _clock.busy = True
    try:
        wait_until(due)
    finally:
        _clock.busy = before
        _clock.set_limit()


@micropython.native
def next_change():
    # Until when the inputs stay as they are: the next foretold edge, the world's horizon, or one look at the channel in real time.
    now = _clock.now
    change = _clock.until
    if _clock.real or change == _clock.NEVER:
        change = now + _clock.SLICE_US
    if _gpio.next_edge < change:
        change = _gpio.next_edge
    return change if change > now else now + 1
