# The chip's `_webrepl`: the stream behind a WebREPL connection. Without a network there never is one.

_password = ""


class _webrepl:
    @micropython.native
    def __init__(self, stream):
        self._stream = stream

    @micropython.native
    def read(self, *size):
        return self._stream.read(*size)

    @micropython.native
    def readinto(self, buf, *size):
        return self._stream.readinto(buf, *size)

    @micropython.native
    def write(self, data, *place):
        return self._stream.write(data, *place)

    @micropython.native
    def close(self):
        self._stream.close()


@micropython.native
def password(text):
    global _password
    if len(text) > 9:
        raise ValueError
    _password = text
