# The chip's `esp`.

import _board as _board
import _flash as _flash
from _arguments import integer as _integer
from _arguments import positional as _positional
from _buffers import readable as _readable
from _buffers import writable as _writable

LOG_NONE = 0
LOG_ERROR = 1
LOG_WARNING = 2
LOG_INFO = 3
LOG_DEBUG = 4
LOG_VERBOSE = 5
_EIO = 5
_SECTOR = 4096


@micropython.native
def osdebug(*arguments, **keywords):
    # The chip's own messages, of which there are none here.
    _positional(arguments, keywords, 1, 2)
    if len(arguments) == 2:
        _integer(arguments[1])


@micropython.native
def flash_size():
    return _board.flash.seek(0, 2)


@micropython.native
def flash_user_start():
    return 0x200000


@micropython.native
def flash_read(offset, buf):
    offset = _integer(offset)
    memory = _writable(buf)
    _check(offset, len(memory))
    _flash.read_at(offset, memory)


@micropython.native
def flash_write(offset, buf):
    # As on the chip, writing turns ones into zeros alone: what is not erased before comes out mixed.
    offset = _integer(offset)
    data = _readable(buf)
    _check(offset, len(data))
    there = bytearray(len(data))
    _flash.read_at(offset, there)
    for place in range(len(there)):
        there[place] &= data[place]
    _flash.write_at(offset, there)


@micropython.native
def flash_erase(sector):
    sector = _integer(sector)
    _check(_SECTOR * sector, _SECTOR)
    _flash.erase_at(_SECTOR * sector, _SECTOR)


@micropython.native
def _check(offset, size):
    if not 0 <= offset <= offset + size <= flash_size():
        raise OSError(_EIO)


@micropython.native
def gpio_matrix_in(pin, sig, inv):
    _integer(pin), _integer(sig), _integer(inv)


@micropython.native
def gpio_matrix_out(*arguments, **keywords):
    _positional(arguments, keywords, 4, 4)
    for number in arguments:
        _integer(number)
