# esp32.NVS: numbers and bytes by name that outlive everything but an erased flash. As with Espressif's own, what is set is in the flash
# at once and `commit` has nothing left to do; the form in which it lies there is ours.
#
# Entries follow each other: kind, sizes of namespace and key, size of the value, namespace, key, value. A new one is written before the
# old one is struck out, and its kind last of all, so that power may fail at any time.

import micropython

import _clock
import _flash
from _arguments import integer, positional
from _buffers import readable, writable

_MAGIC = b"LVNV"
_HEAD = 5
_STRUCK, _NUMBER, _BLOB, _END = 0, 1, 2, 0xFF
_LONGEST_NAME = 15
_USUAL_PLACE = (0x9000, 0x6000)
_PAGE_BYTES = 4096  # Espressif's pages hold 126 entries of 32 bytes, and one page is kept free
_PAGE_ENTRIES = 126
_PIECE = 256
_WRITE_US = 400
_NOT_FOUND = (-4354, "ESP_ERR_NVS_NOT_FOUND")
_NOT_ENOUGH_SPACE = (-4357, "ESP_ERR_NVS_NOT_ENOUGH_SPACE")
_INVALID_NAME = (-4358, "ESP_ERR_NVS_INVALID_NAME")
_KEY_TOO_LONG = (-4361, "ESP_ERR_NVS_KEY_TOO_LONG")
_INVALID_LENGTH = (-4364, "ESP_ERR_NVS_INVALID_LENGTH")
_VALUE_TOO_LONG = (-4366, "ESP_ERR_NVS_VALUE_TOO_LONG")

_offset = _size = 0  # of the partition


class NVS:
    @micropython.native
    def __init__(self, *arguments, **keywords):
        positional(arguments, keywords, 1, 1)
        name = _text(arguments[0]).encode()
        if not 0 < len(name) <= _LONGEST_NAME:
            raise OSError(*_INVALID_NAME)
        self._name = name
        _open()

    @micropython.native
    def set_i32(self, key, value):
        key = _text(key).encode()
        value = integer(value)
        if not -0x80000000 <= value <= 0x7FFFFFFF:
            raise OverflowError("overflow converting long int to machine word")
        _put(self._name, key, _NUMBER, (value & 0xFFFFFFFF).to_bytes(4, "little"))

    @micropython.native
    def get_i32(self, key):
        data = bytearray(4)
        _flash.read_at(_get(self._name, key, _NUMBER)[0], data)
        value = int.from_bytes(data, "little")
        return value - 0x100000000 if value >> 31 else value

    @micropython.native
    def set_blob(self, key, value):
        key = _text(key).encode()
        value = readable(value)
        if len(value) > _size:
            raise OSError(*_VALUE_TOO_LONG)
        _put(self._name, key, _BLOB, value)

    @micropython.native
    def get_blob(self, key, buffer):
        memory = writable(buffer)
        place, size = _get(self._name, key, _BLOB)
        if size > len(memory):
            raise OSError(*_INVALID_LENGTH)
        _flash.read_at(place, memoryview(memory)[:size])
        return size

    @micropython.native
    def erase_key(self, key):
        place = _find(self._name, _text(key).encode())[0]
        if not place:
            raise OSError(*_NOT_FOUND)
        _flash.write_at(place, bytes(1))

    @micropython.native
    def commit(self):
        pass

    def __repr__(self):
        return "<NVS namespace>"


@micropython.native
def _text(value):
    if type(value) is str:
        return value
    raise TypeError("can't convert '%s' object to str implicitly" % type(value).__name__)


@micropython.native
def _open():
    global _offset, _size
    found = _flash.Partition.find(1, 2)
    _offset, _size = found[0].info()[2:4] if found else _USUAL_PLACE
    magic = bytearray(4)
    _flash.read_at(_offset, magic)
    if magic != _MAGIC:
        _flash.erase_at(_offset, _size)
        _flash.write_at(_offset, _MAGIC)


@micropython.native
def _entry_at(at, head):
    # Kind of the entry at this place, place of its value, and the value's size. `head` is a buffer to read into.
    if at + _HEAD > _offset + _size:
        return _END, at, 0
    _flash.read_at(at, head)
    if head[0] > _BLOB:
        return _END, at, 0
    return head[0], at + _HEAD + head[1] + head[2], head[3] | head[4] << 8


@micropython.native
def _find(name, key):
    # Place and kind of an entry, and place and size of its value; 0 if there is none.
    head = bytearray(_HEAD)
    wanted = name + key
    at = _offset + len(_MAGIC)
    while True:
        kind, value, size = _entry_at(at, head)
        if kind == _END:
            return 0, 0, 0, 0
        if kind != _STRUCK and head[1] == len(name) and head[2] == len(key):
            names = bytearray(len(wanted))
            _flash.read_at(at + _HEAD, names)
            if names == wanted:
                return at, kind, value, size
        at = value + size


@micropython.native
def _get(name, key, wanted):
    place, kind, value, size = _find(name, _text(key).encode())
    if not place or kind != wanted:
        raise OSError(*_NOT_FOUND)
    return value, size


@micropython.native
def _put(name, key, kind, data):
    if len(key) > _LONGEST_NAME:
        raise OSError(*_KEY_TOO_LONG)
    _clock.now += _WRITE_US
    old, old_kind, value, old_size = _find(name, key)
    if old and kind == old_kind == _NUMBER:
        _flash.write_at(value, data)
        return
    used, end = _fill(name)
    used += _cost(kind, len(data)) - (_cost(old_kind, old_size) if old else 0)
    size = _HEAD + len(name) + len(key) + len(data)
    if used > (_size // _PAGE_BYTES - 1) * _PAGE_ENTRIES:
        raise OSError(*_NOT_ENOUGH_SPACE)
    if end + size > _offset + _size:
        end = _close_up()
        old = _find(name, key)[0]
        if end + size > _offset + _size:
            raise OSError(*_NOT_ENOUGH_SPACE)
    _flash.write_at(end + 1, bytes((len(name), len(key), len(data) & 0xFF, len(data) >> 8)) + name + key)
    _flash.write_at(end + size - len(data), data)
    _flash.write_at(end, bytes((kind,)))
    if old:
        _flash.write_at(old, bytes(1))


@micropython.native
def _fill(name):
    # How many of Espressif's entries are in use, `name`'s own among them, and where the next of ours will be.
    head = bytearray(_HEAD)
    names = {name}
    used = 0
    at = _offset + len(_MAGIC)
    while True:
        kind, value, size = _entry_at(at, head)
        if kind == _END:
            return used + len(names), at
        if kind != _STRUCK:
            its_name = bytearray(head[1])
            _flash.read_at(at + _HEAD, its_name)
            names.add(bytes(its_name))
            used += _cost(kind, size)
        at = value + size


@micropython.native
def _cost(kind, size):
    # In Espressif's entries.
    return 1 if kind == _NUMBER else 2 + (size + 31) // 32


@micropython.native
def _close_up():
    # Move the entries together over those struck out; where the next will be.
    head = bytearray(_HEAD)
    at = target = _offset + len(_MAGIC)
    while True:
        kind, value, size = _entry_at(at, head)
        if kind == _END:
            break
        if kind != _STRUCK:
            if at != target:
                _move(at, target, value + size - at)
            target += value + size - at
        at = value + size
    blank = b"\xff" * _PIECE
    for place in range(target, at, _PIECE):
        _flash.write_at(place, blank[: at - place])
    return target


@micropython.native
def _move(place, target, size):
    for done in range(0, size, _PIECE):
        piece = bytearray(min(_PIECE, size - done))
        _flash.read_at(place + done, piece)
        _flash.write_at(target + done, piece)
