# Which module a program gets for a name, by the chip's rules, and `sys.modules` as the chip shows it.
#
# The guest's modules stand in MicroPython's own table of loaded modules, where they hide the built-in ones. The program must
# not see them there (the chip's built-in modules are not in the table), and its own file of the same name comes first where it would
# on the chip.

import builtins
import os
import sys

import uctypes

import _stack

_table = sys.modules
_path = sys.path
_import = builtins.__import__
_stat = os.stat
_chip = {}  # name to module: loaded, and shown only when the program put something else in its place
lazy = {}  # name to the guest file it is made from, at its first import
_load = None  # set by _boot
chip_sys = None  # set by _boot: its `path` may be another list by now
loading = False  # one of ours is being imported
_FROZEN = (
    "aioespnow", "apa106", "dht", "ds18x20", "espnow", "flashbdev", "inisetup", "neopixel", "ntptime", "onewire", "umqtt", "upysh",
    "urequests", "webrepl", "webrepl_setup",
)  # fmt: skip
_FIXED = ("sys", "_onewire", "gc", "micropython", "builtins", "_thread", "esp", "esp32", "math", "cmath", "uctypes", "network")
_SEALED = ("bluetooth", "gc", "micropython", "network", "os", "platform", "select", "socket", "time", "vfs")
_FLAGS_AT = 8
_FIXED_FLAG = 2
_ABSENT = ("argparse", "ffi", "termios", "unittest", "lwip", "typing", "readline", "VfsPosix")


def start(load):
    global _load
    _load = load
    builtins.__import__ = import_module


def install(name, module):
    _chip[name] = module
    _table[name] = module
    if name in _SEALED:
        _seal(module)


def chip_modules():
    return list(_chip.values())


def _seal(module):
    # What is C code on the chip takes no new values: `time.sleep = 2`, for `time.sleep(2)`, is an AttributeError there. A dict
    # that is marked as fixed is such a module's: the mark is the second bit after its type.
    uctypes.struct(id(module.__dict__), {"flags": uctypes.UINT8 | _FLAGS_AT}).flags |= _FIXED_FLAG


@micropython.native
def _file_of(name):
    # Whether the program has a file that comes before the chip's own module.
    if name in _FIXED:
        return False
    for folder in _path:
        if folder == ".frozen":
            if name in _FROZEN:
                return False
            continue
        place = folder + "/" + name if folder else name
        for candidate in (place, place + ".py", place + ".mpy"):
            try:
                kind = _stat(candidate)[0]
            except OSError:
                continue
            if kind == 0x8000 and candidate is not place or kind == 0x4000 and candidate is place:
                return True
    return False


@micropython.native
def import_module(name, *rest):
    if not loading and chip_sys.path is not _path:
        _path[:] = chip_sys.path
    own = _chip.get(name)
    if len(rest) == 4 and rest[3]:
        pass  # `from .time import …`: a module of the program's own package, whatever the chip's are called
    elif own is not None and _table.get(name) is own:
        if not _file_of(name.split(".")[0]):
            return _import(name, *rest) if "." in name else own
        # From now on the program's file has the name; the chip's own module is what `umachine` and the like still give.
        _table.pop(name)
        _chip.pop(name)
    elif name in lazy and name not in _table:
        if not _file_of(name.split(".")[0]):
            return _import_later(name, rest)
    elif name in _ABSENT and name not in _table and not _file_of(name):
        raise ImportError("no module named '%s'" % name)
    if name in _table:
        return _import(name, *rest)
    stack = _stack.deepen()
    try:
        return _import(name, *rest)
    finally:
        _stack.restore(stack)


@micropython.native
def _import_later(name, rest):
    package, _, part = name.partition(".")
    if part:
        import_module(package)
    stack = _stack.widen()
    try:
        module = _load(name, lazy[name])
    finally:
        _stack.back(stack)
    install(name, module)
    if not part:
        return module
    setattr(_table[package], part, module)
    return _import(name, *rest)


class View:
    # sys.modules. Deleting a name gives the chip's own module back to the next import.
    @micropython.native
    def _shown(self):
        return [name for name in _table if _chip.get(name) is not _table[name] or name in ("flashbdev",)]

    @micropython.native
    def __getitem__(self, name):
        if name in self._shown():
            return _table[name]
        raise KeyError(name)

    @micropython.native
    def __setitem__(self, name, module):
        _table[name] = module

    @micropython.native
    def __delitem__(self, name):
        self[name]
        _table.pop(name)
        if name in _chip:
            _table[name] = _chip[name]

    @micropython.native
    def __contains__(self, name):
        return name in self._shown()

    @micropython.native
    def __iter__(self):
        return iter(self._shown())

    @micropython.native
    def __len__(self):
        return len(self._shown())

    @micropython.native
    def get(self, name, default=None):
        return _table[name] if name in self._shown() else default

    @micropython.native
    def pop(self, name, *default):
        if name not in self._shown() and default:
            return default[0]
        module = self[name]
        del self[name]
        return module

    @micropython.native
    def setdefault(self, name, module=None):
        if name not in self._shown():
            self[name] = module
        return self[name]

    @micropython.native
    def update(self, others):
        for name in others:
            self[name] = others[name]

    @micropython.native
    def keys(self):
        return self._shown()

    @micropython.native
    def values(self):
        return [_table[name] for name in self._shown()]

    @micropython.native
    def items(self):
        return [(name, _table[name]) for name in self._shown()]

    def __repr__(self):
        return repr(dict(self.items()))
