# The chip's `gc`: pointers are twice as long on the PC, and the guest's own modules take room that is not the program's.
#
# The interpreter's heap is larger than the program's by more than the guest's modules take. What they leave is kept from the
# program in pieces; a module of ours that is loaded later, and is no part of the heap on the chip, frees as many as it takes.

import gc as _gc
from gc import collect, disable, enable, isenabled, threshold

_OWN_BYTES = 4000  # what MicroPython itself keeps on the chip's heap
_PIECE_BYTES = 4096
_base = [0]
_pieces = []
_owed = [0]  # less than a piece


def _start(heap_bytes):
    # From here on, what is taken is the program's.
    _gc.collect()
    while _gc.mem_free() > 2 * (heap_bytes - _OWN_BYTES) + _PIECE_BYTES:
        _pieces.append(bytearray(_PIECE_BYTES))
    _base[0] = _gc.mem_alloc()


@micropython.native
def _taken():
    # What is in use, for `_give_back`.
    _gc.collect()
    return _gc.mem_alloc()


@micropython.native
def _give_back(before):
    # What has been taken since `before` is not the program's.
    _owed[0] += _taken() - before
    while _owed[0] >= _PIECE_BYTES and _pieces:
        _pieces.pop()
        _owed[0] -= _PIECE_BYTES
    _base[0] += _taken() - before


@micropython.native
def mem_alloc():
    used = _gc.mem_alloc() - _base[0]
    return _OWN_BYTES + (used if used > 0 else 0) // 2


@micropython.native
def mem_free():
    return _gc.mem_free() // 2
