"""What MicroPython has built in and CPython has not, so that board code runs on CPython in tests."""

import builtins
import sys
import traceback
import types

micropython = types.ModuleType("micropython")
micropython.const = lambda value: value
micropython.kbd_intr = lambda char: None
sys.modules["micropython"] = micropython


def execfile(path, space):
    with open(path, encoding="utf-8") as f:
        exec(compile(f.read(), path, "exec"), space)


builtins.execfile = execfile
sys.print_exception = lambda error, file: traceback.print_exception(error, file=file)
