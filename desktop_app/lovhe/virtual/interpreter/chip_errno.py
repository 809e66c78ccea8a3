"""Gives the interpreter the chip's error numbers: there ETIMEDOUT is 116, on the PC 110, and so on.

MicroPython takes them from the system it is built for, and an `OSError(116)` prints as "[Errno 116] ETIMEDOUT" only where 116 has that
name. The numbers stand in two tables of the interpreter's library, the module `errno` itself and its `errorcode`; both are
changed before MicroPython starts. Imported by `engine_host` alone, so it keeps to what starts in milliseconds.

Source: newlib's sys/errno.h, which ESP-IDF uses; py/obj.h and py/objmodule.h of MicroPython for the tables.
"""

import ctypes
import mmap
import os

_CHIP_NUMBERS = {98: 112, 103: 113, 107: 128, 110: 116, 113: 118, 114: 120, 115: 119}
"""On Linux: EADDRINUSE, ECONNABORTED, ENOTCONN, ETIMEDOUT, EHOSTUNREACH, EALREADY, EINPROGRESS."""
_WORD = ctypes.sizeof(ctypes.c_void_p)
_ENTRY = 2 * _WORD
_MOST_ENTRIES = 64


def _word(address: int) -> int:
    return ctypes.c_size_t.from_address(address).value


def _table(dict_address: int) -> tuple[int, int]:
    """Address and length of a fixed dict's table: after the type come the count with three flags, the size, and the table."""
    return _word(dict_address + 3 * _WORD), _word(dict_address + _WORD) >> 3


def _make_writable(address: int, size: int) -> bool:
    start = address // mmap.PAGESIZE * mmap.PAGESIZE
    protect = ctypes.CDLL(None).mprotect
    failed: int = protect(ctypes.c_void_p(start), ctypes.c_size_t(address + size - start), mmap.PROT_READ | mmap.PROT_WRITE)
    return not failed


def _renumber(table: int, count: int, offset: int) -> None:
    if not 0 < count <= _MOST_ENTRIES or not _make_writable(table, count * _ENTRY):
        return
    for place in range(table + offset, table + offset + count * _ENTRY, _ENTRY):
        word = _word(place)
        if word & 1 and word >> 1 in _CHIP_NUMBERS:  # a small number, as MicroPython has it
            ctypes.c_size_t.from_address(place).value = _CHIP_NUMBERS[word >> 1] << 1 | 1


def use_the_chips_numbers(lib: ctypes.CDLL) -> None:
    """Change both tables in this process; where the system lets nobody write there, the PC's numbers stay."""
    if os.uname().sysname != "Linux":
        return  # elsewhere the PC's numbers are others again
    module = ctypes.addressof(ctypes.c_void_p.in_dll(lib, "mp_module_errno"))
    table, count = _table(_word(module + _WORD))
    for place in range(table, table + min(count, _MOST_ENTRIES) * _ENTRY, _ENTRY):
        value = _word(place + _WORD)
        if value and value & 0b111 == 0:  # a pointer: `errorcode`
            _renumber(*_table(value), 0)
    _renumber(table, count, _WORD)
