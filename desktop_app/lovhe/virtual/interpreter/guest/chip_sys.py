# The chip's `sys`.

import sys as _sys
from collections import namedtuple as _namedtuple

import _board
import _chip
import _console
import _modules

platform = "esp32"
byteorder = "little"
maxsize = 0x7FFFFFFF
version = "3.4.0; MicroPython %s on %s" % (_board.BUILD, _board.DATE)
version_info = (3, 4, 0)
implementation = _namedtuple("implementation", ("name", "version", "_machine", "_mpy", "_build"))(
    "micropython", (1, 28, 0, ""), _chip.MACHINE, _sys.implementation._mpy & 0x3FF | _chip.MPY_ARCHITECTURE << 10, _chip.BUILD
)
argv = []
path = _sys.path
ps1 = ">>> "
ps2 = "... "
modules = _modules.View()
stdin = _console.stdin
stdout = _console.stdout
stderr = _console.stdout
exit = _sys.exit


@micropython.native
def print_exception(exception, file=stdout):
    if file is stdout:
        _sys.print_exception(exception)
    else:
        _sys.print_exception(exception, file)
