# Memory that programs hand over, as the chip's C functions take it: whatever its elements are, its bytes count.

import micropython
import uctypes

_REFUSED = "object with buffer protocol required"


@micropython.native
def octets(value):
    # Its bytes.
    if type(value) is bytes:
        return value
    if isinstance(value, str):
        return value.encode()
    try:
        return bytes(memoryview(value))
    except TypeError:
        raise TypeError(_REFUSED)


@micropython.native
def readable(value):
    # Its bytes, uncopied where they lie there as such.
    return value if type(value) is bytearray else octets(value)


@micropython.native
def writable(value):
    # The memory of something that can be written, as bytes.
    if type(value) is bytearray:
        return value
    if type(value) is bytes or isinstance(value, str):
        raise TypeError(_REFUSED)
    size = len(octets(value))
    return uctypes.bytearray_at(uctypes.addressof(value), size) if size else bytearray(0)


@micropython.native
def fresh(size):
    # New memory of a size that a program asked for.
    if size < 0:
        raise MemoryError("memory allocation failed, allocating %u bytes" % (size + 1 & 0xFFFFFFFF))
    return bytearray(size)
