# The chip's `os`.

from collections import namedtuple as _namedtuple
from os import VfsFat, VfsLfs2, chdir, getcwd, ilistdir, listdir, mkdir, mount, remove, rename, rmdir, sep, stat, statvfs, umount, unlink

import _board
import _chance
import _chip

_Uname = _namedtuple("uname", ("sysname", "nodename", "release", "version", "machine"))
_uname = _Uname("esp32", "esp32", _board.VERSION, "%s on %s" % (_board.BUILD, _board.DATE), _chip.MACHINE)
_terminals = [None]


@micropython.native
def uname():
    return _uname


@micropython.native
def urandom(n):
    return _chance.some_bytes(n)


@micropython.native
def sync():
    pass


@micropython.native
def dupterm(stream_object, index=0):
    # First version: kept, but the console stays on the serial line alone.
    before = _terminals[0]
    _terminals[0] = stream_object
    return before


@micropython.native
def dupterm_notify(argument):
    pass
