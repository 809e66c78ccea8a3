# The chip's `micropython`: what the PC's build has more is hidden, and `schedule` uses the board's own queue.

import builtins as _builtins

from micropython import RingIO, const, kbd_intr, opt_level, qstr_info, stack_use
from micropython import heap_lock as _heap_lock
from micropython import heap_unlock as _heap_unlock

import _clock
import _console
import _stack
import chip_gc as _gc

_CHIP_STACK_BYTES = 15360


@micropython.native
def alloc_emergency_exception_buf(size):
    pass


@micropython.native
def schedule(function, argument):
    if not _clock.post(function, argument):
        raise RuntimeError("schedule queue full")


@micropython.native
def heap_lock():
    if not _stack.locks:
        _builtins.print = _console.print_locked
    _stack.locks += 1
    return _heap_lock()


@micropython.native
def heap_unlock():
    if not _stack.locks:
        return 0
    depth = _heap_unlock()
    _stack.locks -= 1
    if not _stack.locks:
        _builtins.print = _console.print_function
    return depth


@micropython.native
def mem_info(verbose=None):
    # As the chip counts: what a frame or a pointer takes there.
    used = stack_use() * _CHIP_STACK_BYTES // _stack.WHOLE_BYTES
    alloc, free = _gc.mem_alloc(), _gc.mem_free()
    print("stack: %d out of %d" % (used, _CHIP_STACK_BYTES))
    print("GC: total: %d, used: %d, free: %d" % (alloc + free, alloc, free))
