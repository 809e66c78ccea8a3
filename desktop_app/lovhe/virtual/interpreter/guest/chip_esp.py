# The chip's `esp`.

import _board as _board
import _flash as _flash

LOG_NONE = 0
LOG_ERROR = 1
LOG_WARNING = 2
LOG_INFO = 3
LOG_DEBUG = 4
LOG_VERBOSE = 5


@micropython.native
def osdebug(uart, level=LOG_ERROR):
    pass


@micropython.native
def flash_size():
    return _board.flash.seek(0, 2)


@micropython.native
def flash_user_start():
    return _board.vfs_offset


@micropython.native
def flash_read(offset, length_or_buffer):
    if isinstance(length_or_buffer, int):
        data = bytearray(length_or_buffer)
        _flash.read_at(offset, data)
        return bytes(data)
    _flash.read_at(offset, length_or_buffer)


@micropython.native
def flash_write(offset, data):
    _flash.write_at(offset, data)


@micropython.native
def flash_erase(sector):
    _flash.erase_at(4096 * sector, 4096)


@micropython.native
def gpio_matrix_in(*arguments):
    pass


@micropython.native
def gpio_matrix_out(*arguments):
    pass
