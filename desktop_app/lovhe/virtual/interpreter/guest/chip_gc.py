# The chip's `gc`: pointers are twice as long on the PC, and the guest's own modules take room that is not the program's.

import gc as _gc
from gc import collect, disable, enable, isenabled, threshold

_OWN_BYTES = 12000  # what MicroPython itself keeps on the chip's heap
_base = 0


def _start():
    # From here on, what is taken is the program's.
    global _base
    _gc.collect()
    _base = _gc.mem_alloc()


@micropython.native
def mem_alloc():
    used = _gc.mem_alloc() - _base
    return _OWN_BYTES + (used if used > 0 else 0) // 2


@micropython.native
def mem_free():
    return _gc.mem_free() // 2
