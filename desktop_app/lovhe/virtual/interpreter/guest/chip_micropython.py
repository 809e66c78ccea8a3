# The chip's `micropython`: what the PC's build has more is hidden, and `schedule` uses the board's own queue.

from micropython import RingIO, const, heap_lock, heap_unlock, kbd_intr, mem_info, opt_level, qstr_info, stack_use

import _clock


@micropython.native
def alloc_emergency_exception_buf(size):
    pass


@micropython.native
def schedule(function, argument):
    if not _clock.post(function, argument):
        raise RuntimeError("schedule queue full")
