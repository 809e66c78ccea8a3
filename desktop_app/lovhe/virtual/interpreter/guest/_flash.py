# The flash file as block devices, and the file system that the chip's start-up code mounts from it.

import micropython
import vfs

import _board

_BLOCK = 4096
_TABLE = 0x8000
_TABLE_END = 0x8C00
_EIO = 5


@micropython.native
def read_at(offset, buf):
    file = _board.flash
    file.seek(offset)
    if file.readinto(buf) != len(buf):
        raise OSError(_EIO)


@micropython.native
def write_at(offset, buf):
    file = _board.flash
    file.seek(offset)
    if file.write(buf) != len(buf):
        raise OSError(_EIO)


@micropython.native
def erase_at(offset, size):
    blank = b"\xff" * _BLOCK
    while size > 0:
        write_at(offset, blank)
        offset += _BLOCK
        size -= _BLOCK


class Partition:
    # esp32.Partition.
    BOOT = 0
    RUNNING = 1
    TYPE_APP = 0
    TYPE_DATA = 1

    def __init__(self, id, block_size=_BLOCK):
        if isinstance(id, tuple):
            self._entry = id
        else:
            if id == self.BOOT or id == self.RUNNING:
                found = self.find(self.TYPE_APP)
            else:
                found = [part for part in self.find(None) if part._entry[4] == id]
            if not found:
                raise OSError(2)
            self._entry = found[0]._entry
        self._block = block_size

    @staticmethod
    @micropython.native
    def find(type=0, subtype=255, label=None, block_size=_BLOCK):
        found = []
        for place in range(_TABLE, _TABLE_END, 32):
            entry = bytearray(32)
            read_at(place, entry)
            if entry[0] != 0xAA or entry[1] != 0x50:
                break
            offset = int.from_bytes(entry[4:8], "little")
            size = int.from_bytes(entry[8:12], "little")
            name = bytes(entry[12:28]).rstrip(b"\0").decode()
            if (type is None or entry[2] == type) and subtype in (255, entry[3]) and label in (None, name):
                found.append(Partition((entry[2], entry[3], offset, size, name, False), block_size))
        return found

    def info(self):
        return self._entry

    @micropython.native
    def readblocks(self, block, buf, offset=0):
        read_at(self._entry[2] + block * self._block + offset, buf)

    @micropython.native
    def writeblocks(self, block, buf, offset=None):
        place = self._entry[2] + block * self._block
        if offset is None:
            erase_at(place, len(buf))
            offset = 0
        write_at(place + offset, buf)

    @micropython.native
    def ioctl(self, operation, argument):
        if operation == 4:
            return self._entry[3] // self._block
        if operation == 5:
            return self._block
        if operation == 6:
            erase_at(self._entry[2] + argument * self._block, self._block)
        return 0

    def set_boot(self):
        pass

    def get_next_update(self):
        raise OSError(2)

    @staticmethod
    def mark_app_valid_cancel_rollback():
        pass

    def __repr__(self):
        kind, subtype, offset, size, name, encrypted = self._entry
        return "<Partition type=%d, subtype=%d, address=%d, size=%d, label=%s, encrypted=%d>" % (
            kind,
            subtype,
            offset,
            size,
            name,
            encrypted,
        )


def file_system_partition():
    # The vfs partition that the board was told of, even where the table in flash is damaged.
    return Partition((1, 129, _board.vfs_offset, _board.vfs_size, "vfs", False))


BOOT_PY = """# This file runs at every start of the board, before main.py.
# It is the place for what every program needs, such as a network.
"""


def mount():
    # True when "/" is there; a blank partition is formatted first, as the chip's firmware does.
    partition = file_system_partition()
    try:
        vfs.mount(partition, "/")
        return True
    except OSError:
        pass
    first = bytearray(_BLOCK)
    partition.readblocks(0, first)
    if first != b"\xff" * _BLOCK:
        return False
    print("Preparing the file system")
    vfs.VfsLfs2.mkfs(partition)
    vfs.mount(vfs.VfsLfs2(partition), "/")
    with open("/boot.py", "w") as file:
        file.write(BOOT_PY)
    return True
