# The chip's `platform`.

import _board
import _chip


@micropython.native
def platform():
    return "MicroPython-%s-%s-IDFv5.4.2-with-newlib4.3.0" % (_board.VERSION, _chip.PROCESSOR)


@micropython.native
def python_compiler():
    return "GCC 14.2.0"


@micropython.native
def libc_ver():
    return ("newlib", "4.3.0")
