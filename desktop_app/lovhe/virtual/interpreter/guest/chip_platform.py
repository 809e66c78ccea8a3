# The chip's `platform`.

import _board


@micropython.native
def platform():
    return "MicroPython-%s-xtensa-IDFv5.4.2-with-newlib4.3.0" % _board.VERSION


@micropython.native
def python_compiler():
    return "GCC 14.2.0"


@micropython.native
def libc_ver():
    return ("newlib", "4.3.0")
