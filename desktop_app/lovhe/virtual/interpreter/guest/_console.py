# The serial line as programs see it: print, input, sys.stdin, sys.stdout.

import builtins
import io
import select
import sys

import micropython

import _clock
import _stack
import _waits
from _buffers import octets, writable

_print = builtins.print
_out = sys.stdout
_raw_out = sys.stdout.buffer
_raw_in = sys.stdin.buffer
_CHUNK = 2048  # written at one go: less than a pipe takes whole
_BYTE_US = 87  # at 115,200 baud
_PRINT_US = 100
_NOTHING = ()
_mark = b""
poller = select.poll()


def start(nonce):
    global _mark
    _mark = b"\0" + nonce.encode()
    poller.register(_raw_in, select.POLLIN)


@micropython.native
def _put(text):
    size = len(text)
    if not _clock.real:
        _clock.now += _BYTE_US * size
    if size <= _CHUNK:
        _out.write(text)
    else:
        for place in range(0, size, _CHUNK):
            _out.write(text[place : place + _CHUNK])


@micropython.native
def print_function(*values, sep=" ", end="\n", file=None):
    _print_some(values, sep, end, file)


@micropython.native
def _print_some(values, sep, end, file):
    if file is not None and file is not stdout:
        _print(*values, sep=sep, end=end, file=file)
        return
    stack = _stack.widen()
    try:
        _clock.check_hook()
        _clock.now += _PRINT_US
        if len(values) == 1 and type(values[0]) is str:
            _put(values[0] + end)
        else:
            text = io.StringIO()
            _print(*values, sep=sep, end=end, file=text)
            _put(text.getvalue())
    finally:
        _stack.back(stack)


@micropython.native
def print_locked(a=_NOTHING, b=_NOTHING, c=_NOTHING, d=_NOTHING, e=_NOTHING, f=_NOTHING, *, sep=" ", end="\n", file=None):
    # `print` while the heap is locked: a call with `*values` would need some.
    stack = _stack.widen()
    try:
        values = [a, b, c, d, e, f]
        while values and values[-1] is _NOTHING:
            values.pop()
        _print_some(values, sep, end, file)
    finally:
        _stack.back(stack)


@micropython.native
def read_byte():
    # The next byte of the line; waits for it, while timers go on.
    while not _waits.wait_for_input(poller, _clock.now + 1000000):
        pass
    return _waits.typed.pop(0) if _waits.typed else _raw_in.read(1)


class FileIO(io.IOBase):
    def __repr__(self):
        return "<io.FileIO 0>"

    @micropython.native
    def read(self, count=-1):
        data = b""
        while count < 0 or len(data) < count:
            data += read_byte()
        return data

    @micropython.native
    def readinto(self, buf, count=-1):
        memory = writable(buf)
        if count < 0 or count > len(memory):
            count = len(memory)
        for place in range(count):
            memory[place] = read_byte()[0]
        return count

    @micropython.native
    def readline(self):
        data = b""
        while not data.endswith(b"\n"):
            data += read_byte()
        return data

    @micropython.native
    def ioctl(self, request, argument):
        if request == 3:
            return argument & 1 if _waits.byte_waits(poller) else 0
        return 0

    def close(self):
        pass


class TextIOWrapper(FileIO):
    # Text: a typed Enter (CR) ends a line.
    buffer = None

    def __repr__(self):
        return "<io.TextIOWrapper 0>"

    @micropython.native
    def _character(self):
        data = read_byte()
        if data == b"\r":
            return "\n"
        first = data[0]
        for _ in range(3 if first >= 0xF0 else 2 if first >= 0xE0 else 1 if first >= 0xC0 else 0):
            data += read_byte()
        return str(data, "utf-8")

    @micropython.native
    def read(self, count=-1):
        text = ""
        while count < 0 or len(text) < count:
            text += self._character()
        return text

    @micropython.native
    def readline(self, size=-1):
        text = ""
        while not text.endswith("\n") and len(text) != size:
            text += self._character()
        return text

    def __iter__(self):
        return self

    def __next__(self):
        return self.readline()


stdin = TextIOWrapper()
stdin.buffer = FileIO()


class FileIO(io.IOBase):  # noqa: F811 (the chip's names; there they are one class)
    def __repr__(self):
        return "<io.FileIO 1>"

    @micropython.native
    def write(self, data, *place):
        # Marked, so that the host sends these bytes as they are. As on the chip: write(data, length), write(data, offset, length).
        data = octets(data)
        if place:
            start = place[0] if len(place) > 1 else 0
            data = data[start : start + place[-1]]
        for place in range(0, len(data), _CHUNK):
            piece = data[place : place + _CHUNK]
            if not _clock.real:
                _clock.now += _BYTE_US * len(piece)
            _raw_out.write(_mark + b"%04x" % len(piece) + piece)
        return len(data)

    @micropython.native
    def flush(self):
        pass

    @micropython.native
    def ioctl(self, request, argument):
        return argument & 4 if request == 3 else 0

    def close(self):
        pass


class TextIOWrapper(FileIO):  # noqa: F811
    buffer = None

    def __repr__(self):
        return "<io.TextIOWrapper 1>"

    @micropython.native
    def write(self, text):
        if type(text) is str:
            _put(text)
            return len(text.encode())
        text = octets(text)
        _put(text)
        return len(text)


stdout = TextIOWrapper()
stdout.buffer = FileIO()


@micropython.native
def input_function(prompt=None):
    # One line with echo; Backspace takes a character back.
    if prompt is not None:
        _put(prompt if type(prompt) is str else str(prompt))
    line = ""
    while True:
        character = stdin._character()
        if character == "\n":
            _put("\n")
            return line
        if character == "\x03":
            raise KeyboardInterrupt
        if character == "\x04" and not line:
            raise EOFError
        if character in "\b\x7f":
            if line:
                line = line[:-1]
                _put("\b \b")
        elif character >= " ":
            line += character
            _put(character)


builtins.print = print_function
builtins.input = input_function
