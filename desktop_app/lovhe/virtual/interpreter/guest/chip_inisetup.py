# The chip's `inisetup`: makes a fresh file system.

import vfs as _vfs

import _flash as _flash


def setup():
    partition = _flash.file_system_partition()
    _vfs.VfsLfs2.mkfs(partition)
    _vfs.mount(_vfs.VfsLfs2(partition), "/")
    with open("/boot.py", "w") as file:
        file.write(_flash.BOOT_PY)
