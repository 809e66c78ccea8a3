"""Gives the interpreter the chip's error numbers: there ETIMEDOUT is 116, on the PC 110, and so on.

MicroPython takes them from the system it is built for, and an `OSError(116)` prints as "[Errno 116] ETIMEDOUT" only where 116 has that
name. The numbers stand in two tables of the interpreter's library, the module `errno` itself and its `errorcode`; both are
changed before MicroPython starts. An interpreter that is built otherwise than expected is left as it is: the PC's numbers stay.
Imported by `engine_host` alone, so it keeps to what starts in milliseconds.

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
_FIXED = 0b010


def _word(address: int) -> int:
    return ctypes.c_size_t.from_address(address).value


def _symbol(lib: ctypes.CDLL, name: str) -> int:
    """The address of something that the library exports. Raises `ValueError` where it does not."""
    return ctypes.addressof(ctypes.c_void_p.in_dll(lib, name))


def _table(lib: ctypes.CDLL, dict_address: int) -> tuple[int, int]:
    """Address and length of a fixed dict's table: after the type come the count with three flags, the size, and the table.

    Raises `ValueError` where that is not what stands there.
    """
    flags, count = _word(dict_address + _WORD) & 0b111, _word(dict_address + _WORD) >> 3
    if _word(dict_address) != _symbol(lib, "mp_type_dict") or not flags & _FIXED or not 0 < count <= _MOST_ENTRIES:
        raise ValueError("that is no fixed dict")
    return _word(dict_address + 3 * _WORD), count


def _make_writable(address: int, size: int) -> bool:
    start = address // mmap.PAGESIZE * mmap.PAGESIZE
    protect = ctypes.CDLL(None).mprotect
    failed: int = protect(ctypes.c_void_p(start), ctypes.c_size_t(address + size - start), mmap.PROT_READ | mmap.PROT_WRITE)
    return not failed


def _renumber(table: int, count: int, offset: int) -> None:
    if not _make_writable(table, count * _ENTRY):
        return
    for place in range(table + offset, table + offset + count * _ENTRY, _ENTRY):
        word = _word(place)
        if word & 1 and word >> 1 in _CHIP_NUMBERS:  # a small number, as MicroPython has it
            ctypes.c_size_t.from_address(place).value = _CHIP_NUMBERS[word >> 1] << 1 | 1


def use_the_chips_numbers(lib: ctypes.CDLL) -> None:
    """Change both tables in this process; where the system lets nobody write there, the PC's numbers stay."""
    if os.uname().sysname != "Linux":
        return  # elsewhere the PC's numbers are others again
    try:
        module = _symbol(lib, "mp_module_errno")
        if _word(module) != _symbol(lib, "mp_type_module"):
            raise ValueError("that is no module")
        table, count = _table(lib, _word(module + _WORD))
        values = [_word(place + _WORD) for place in range(table, table + count * _ENTRY, _ENTRY)]
        pointers = [value for value in values if value and value & 0b111 == 0]
        names = [_table(lib, pointer) for pointer in pointers]  # `errorcode` alone
    except ValueError:
        return
    for found in names:
        _renumber(*found, 0)
    _renumber(table, count, _WORD)
