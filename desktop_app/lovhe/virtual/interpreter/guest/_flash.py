# The flash file as block devices, and the file system that the chip's start-up code mounts from it.

import micropython
import vfs

import _board
import _clock
from _arguments import integer, positional, unpack
from _buffers import readable, writable

_BLOCK = 4096
_TABLE = 0x8000
_TABLE_END = 0x8C00
_EIO = 5
_ENOENT = 2
_EINVAL = 22
_ANY = 255
_TELL_US = 3000000
_INVALID_ARG = (-258, "ESP_ERR_INVALID_ARG")
_INVALID_SIZE = (-260, "ESP_ERR_INVALID_SIZE")
_NOT_FOUND = (-261, "ESP_ERR_NOT_FOUND")


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

    @micropython.native
    def __init__(self, *arguments, **keywords):
        positional(arguments, keywords, 1, 2)
        id = arguments[0]
        if type(id) is tuple:  # of our own making
            self._entry = id
        elif type(id) is int or type(id) is bool:
            if id != self.BOOT and id != self.RUNNING:
                raise ValueError
            self._entry = _first(_app)
        else:
            if type(id) is not str:
                raise TypeError("can't convert '%s' object to str implicitly" % type(id).__name__)
            self._entry = _first(lambda entry: entry[4] == id)
        self._block = _BLOCK if len(arguments) < 2 else integer(arguments[1])

    @staticmethod
    @micropython.native
    def find(*arguments, **keywords):
        kind, subtype, label, block_size = unpack(("type", "subtype", "label", "block_size"), arguments, keywords)
        kind = 0 if kind == () else integer(kind)
        subtype = _ANY if subtype == () else integer(subtype)
        block_size = _BLOCK if block_size == () else integer(block_size)
        found = []
        for entry in _table():
            if entry[0] == kind and subtype in (_ANY, entry[1]) and label in ((), None, entry[4]):
                found.append(Partition(entry, block_size))
        return found

    @micropython.native
    def info(self):
        return self._entry

    @micropython.native
    def readblocks(self, block_num, buf, offset=0):
        memory = writable(buf)
        read_at(self._place(integer(block_num) * self._block + integer(offset), len(memory)), memory)

    @micropython.native
    def writeblocks(self, block_num, buf, offset=None):
        data = readable(buf)
        size = len(data)
        place = self._place(integer(block_num) * self._block + (0 if offset is None else integer(offset)), size)
        if offset is None and self._block >= _BLOCK and size % _BLOCK:
            raise OSError(*_INVALID_SIZE)  # whole blocks have to be erased
        write_at(place, data)

    @micropython.native
    def _place(self, offset, size):
        # Where in the flash this is.
        if not 0 <= offset <= self._entry[3]:
            raise OSError(*_INVALID_ARG)
        if offset + size > self._entry[3]:
            raise OSError(*_INVALID_SIZE)
        return self._entry[2] + offset

    @micropython.native
    def ioctl(self, cmd, arg):
        cmd = integer(cmd)
        if cmd == 4:
            return self._entry[3] // self._block
        if cmd == 5:
            return self._block
        if cmd == 6:
            if self._block != _BLOCK:
                return -_EINVAL
            erase_at(self._place(integer(arg) * _BLOCK, _BLOCK), _BLOCK)
            return 0
        return 0 if 1 <= cmd <= 3 else None

    # There is one place for a program in this flash and no record of another, so there is nothing to choose between.

    @micropython.native
    def set_boot(self):
        raise OSError(*(_INVALID_ARG if self._entry[0] != self.TYPE_APP else _NOT_FOUND))

    @micropython.native
    def get_next_update(self):
        raise OSError(_ENOENT)

    @staticmethod
    @micropython.native
    def mark_app_valid_cancel_rollback():
        raise OSError(*_NOT_FOUND)

    def __repr__(self):
        return "<Partition type=%d, subtype=%d, address=%d, size=%d, label=%s, encrypted=%d>" % self._entry


@micropython.native
def _table():
    # (type, subtype, offset, size, label, encrypted) of each partition.
    entries = []
    for place in range(_TABLE, _TABLE_END, 32):
        entry = bytearray(32)
        read_at(place, entry)
        if entry[0] != 0xAA or entry[1] != 0x50:
            break
        label = bytes(entry[12:28]).rstrip(b"\0").decode()
        offset = int.from_bytes(entry[4:8], "little")
        entries.append((entry[2], entry[3], offset, int.from_bytes(entry[8:12], "little"), label, bool(entry[28] & 1)))
    if not [entry for entry in entries if entry[4] in ("vfs", "ffat")]:  # the port then adds one for what is left of the flash
        entries.append((1, 129, _board.vfs_offset, _board.vfs_size, "vfs", False))
    return entries


@micropython.native
def _app(entry):
    return entry[0] == Partition.TYPE_APP


@micropython.native
def _first(fits):
    for entry in _table():
        if fits(entry):
            return entry
    raise OSError(_ENOENT)


def file_system_partition():
    # The vfs partition that the board was told of, even where the table in flash is damaged.
    return Partition((1, 129, _board.vfs_offset, _board.vfs_size, "vfs", False))


_BOOT_PY = """# This file runs at every start of the board, before main.py.
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
    if not is_blank(partition):
        return False
    make_file_system(partition)
    return True


@micropython.native
def is_blank(partition):
    first = bytearray(_BLOCK)
    partition.readblocks(0, first)
    return first == b"\xff" * _BLOCK


@micropython.native
def make_file_system(partition):
    print("Preparing the file system")
    vfs.VfsLfs2.mkfs(partition)
    file_system = vfs.VfsLfs2(partition)
    vfs.mount(file_system, "/")
    with open("/boot.py", "w") as file:
        file.write(_BOOT_PY)
    return file_system


@micropython.native
def tell_of_damage():
    # As on the chip, only Ctrl-C leads on.
    while True:
        print("The file system on this board is damaged. Write the firmware to the board anew.")
        _clock.wait_until(_clock.now + _TELL_US)
