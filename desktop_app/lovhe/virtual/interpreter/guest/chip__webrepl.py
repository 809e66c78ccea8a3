# The chip's `_webrepl`: the stream behind a WebREPL connection. Without a network there never is one.

_password = ""


class _webrepl:
    def __init__(self, stream):
        self._stream = stream

    def read(self, *size):
        return self._stream.read(*size)

    def readinto(self, buf, *size):
        return self._stream.readinto(buf, *size)

    def write(self, data, *place):
        return self._stream.write(data, *place)

    def close(self):
        self._stream.close()


def password(text):
    global _password
    if len(text) > 9:
        raise ValueError
    _password = text
