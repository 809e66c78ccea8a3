# The chip's `btree`: a small database in a file, its keys in order. API: MicroPython's documentation.
#
# The chip's own is Berkeley DB 1.85. Here the entries are kept in memory and written whole with `flush` and `close`, in a format of ours,
# so a file written on a virtual board is not one a chip can open, nor the other way round.

INCL = 1
DESC = 2

_EINVAL = 22
_SMALLEST_PAGE = 512
_MAGIC = b"LvhBtr1\n"


@micropython.native
def _data(value):
    if type(value) is bytes:
        return value
    if type(value) is str:
        return value.encode()
    if type(value) is int:
        raise TypeError("object with buffer protocol required")
    return bytes(memoryview(value))


class _Btree:
    @micropython.native
    def __init__(self, stream):
        self._stream = stream
        self._entries = {}
        self._keys = []
        self._changed = False
        stream.seek(0)
        head = stream.read(len(_MAGIC) + 4)
        if not head:
            return
        if head[: len(_MAGIC)] != _MAGIC:
            raise OSError(_EINVAL)
        for _ in range(int.from_bytes(head[len(_MAGIC) :], "little")):
            sizes = stream.read(8)
            key = stream.read(int.from_bytes(sizes[:4], "little"))
            self._entries[key] = stream.read(int.from_bytes(sizes[4:], "little"))
        self._keys = sorted(self._entries)

    @micropython.native
    def _open(self):
        if self._stream is None:
            raise ValueError("database closed")

    @micropython.native
    def flush(self):
        self._open()
        if not self._changed:
            return
        stream = self._stream
        stream.seek(0)
        stream.write(_MAGIC + len(self._keys).to_bytes(4, "little"))
        for key in self._keys:
            value = self._entries[key]
            stream.write(len(key).to_bytes(4, "little") + len(value).to_bytes(4, "little"))
            stream.write(key)
            stream.write(value)
        stream.flush()
        self._changed = False

    @micropython.native
    def close(self):
        if self._stream is not None:
            self.flush()
            self._stream = None

    @micropython.native
    def _place(self, key):
        low, high = 0, len(self._keys)
        while low < high:
            middle = (low + high) // 2
            if self._keys[middle] < key:
                low = middle + 1
            else:
                high = middle
        return low

    @micropython.native
    def put(self, key, val, flags=0):
        self[key] = val

    @micropython.native
    def get(self, key, default=None):
        self._open()
        return self._entries.get(_data(key), default)

    @micropython.native
    def seq(self, flags=0, key=None):
        # The first entry, or the first whose key is not below `key`.
        self._open()
        if type(flags) is not int:
            raise OSError(_EINVAL)
        place = 0 if key is None else self._place(_data(key))
        if place < len(self._keys):
            return (self._keys[place], self._entries[self._keys[place]])

    @micropython.native
    def __getitem__(self, key):
        self._open()
        key = _data(key)
        if key not in self._entries:
            raise KeyError
        return self._entries[key]

    @micropython.native
    def __setitem__(self, key, value):
        self._open()
        key = bytes(_data(key))
        if key not in self._entries:
            self._keys.insert(self._place(key), key)
        self._entries[key] = bytes(_data(value))
        self._changed = True

    @micropython.native
    def __delitem__(self, key):
        self._open()
        key = _data(key)
        if key not in self._entries:
            raise KeyError
        del self._entries[key]
        self._keys.remove(key)
        self._changed = True

    @micropython.native
    def __contains__(self, key):
        self._open()
        return _data(key) in self._entries

    @micropython.native
    def __iter__(self):
        return self.keys()

    @micropython.native
    def _walk(self, what, start, end, flags):
        start = None if start is None else _data(start)
        end = None if end is None else _data(end)
        backwards = flags & DESC
        if backwards:
            before = None if start is None else self._place(start + b"\0")
            keys = list(reversed(self._keys[:before]))
        else:
            keys = self._keys[0 if start is None else self._place(start) :]
        for key in keys:
            if end is not None and (key < end if backwards else key > end):
                break
            if end is not None and key == end and not flags & INCL:
                break
            self._open()
            if key in self._entries:
                yield key if what == 0 else self._entries[key] if what == 1 else (key, self._entries[key])

    @micropython.native
    def keys(self, start=None, end=None, flags=0):
        self._open()
        return self._walk(0, start, end, flags)

    @micropython.native
    def values(self, start=None, end=None, flags=0):
        self._open()
        return self._walk(1, start, end, flags)

    @micropython.native
    def items(self, start=None, end=None, flags=0):
        self._open()
        return self._walk(2, start, end, flags)

    @micropython.native
    def __repr__(self):
        return "<btree %x>" % (id(self) if self._stream is not None else 0)


@micropython.native
def open(stream, *, flags=0, pagesize=0, cachesize=0, minkeypage=0):
    if pagesize and (pagesize < _SMALLEST_PAGE or pagesize & pagesize - 1):
        raise OSError(_EINVAL)
    return _Btree(stream)
