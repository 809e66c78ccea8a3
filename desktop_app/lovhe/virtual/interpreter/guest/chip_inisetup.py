# The chip's `inisetup`: makes a fresh file system where none is yet.

from flashbdev import bdev

import _flash as _flash

fs_corrupted = _flash.tell_of_damage


@micropython.native
def check_bootsec():
    # What is not blank may hold files: the chip spares it.
    if _flash.is_blank(bdev):
        return True
    fs_corrupted()


@micropython.native
def setup():
    check_bootsec()
    return _flash.make_file_system(bdev)
