# The chip's `socket` where no network is: names are not found, nothing can be reached, and nobody ever connects.
#
# Errors: getaddrinfo gives lwIP's EAI_FAIL as a negative number; the others are newlib's (EHOSTUNREACH 118, ETIMEDOUT 116, ENOTCONN 128).

import io as _io

import _clock as _clock
from _arguments import integer as _integer

_EAGAIN = 11
_EADDRINUSE = 112
_ETIMEDOUT = 116
_EHOSTUNREACH = 118
_ENOTCONN = 128
_EINVAL = 22
_EBADF = 9
_NO_NAME = -202
_FIRST_FILE = 54
_MOST = 10  # numbers for files there are (CONFIG_LWIP_MAX_SOCKETS)

AF_INET = 2
AF_INET6 = 10
SOCK_STREAM = 1
SOCK_DGRAM = 2
SOCK_RAW = 3
IPPROTO_TCP = 6
IPPROTO_UDP = 17
IPPROTO_IP = 0
SOL_SOCKET = 4095
SO_REUSEADDR = 4
SO_BROADCAST = 32
SO_BINDTODEVICE = 4107
IP_ADD_MEMBERSHIP = 3
TCP_NODELAY = 1
MSG_PEEK = 1
MSG_DONTWAIT = 8

_made = [0]
_taken = {}  # bound ports, by kind and number


@micropython.native
def _numbers(host):
    parts = host.split(".")
    if len(parts) != 4:
        return False
    for part in parts:
        if not part.isdigit() or int(part) > 255:
            return False
    return True


@micropython.native
def getaddrinfo(host, port, af=0, type=0, proto=0, flags=0):
    port = _integer(int(port) if isinstance(port, str) else port)
    host = host or "0.0.0.0"
    if not _numbers(host):
        raise OSError(_NO_NAME)
    return [(AF_INET, type if type else SOCK_STREAM, proto, host, (host, port))]


@micropython.native
def _address(address):
    if len(address) != 2:
        raise ValueError("requested length 2 but object has length %d" % len(address))
    return getaddrinfo(address[0], address[1])[0][4]


class socket(_io.IOBase):
    @micropython.native
    def __init__(self, af=AF_INET, type=SOCK_STREAM, proto=0):
        _integer(af)
        self._type = _integer(type)
        _integer(proto)
        if not SOCK_STREAM <= self._type <= SOCK_RAW:
            raise OSError(_EINVAL)
        self._new = self._type == SOCK_STREAM
        self._timeout_us = None
        self._port = None
        self._listens = False
        self._file = _FIRST_FILE + _made[0] % _MOST
        _made[0] += 1

    @micropython.native
    def _alive(self):
        if self._file < 0:
            raise OSError(_EBADF)

    @micropython.native
    def bind(self, address):
        self._alive()
        port = _address(address)[1]
        self._new = False
        if (self._type, port) in _taken:
            raise OSError(_EADDRINUSE)
        if port:
            _taken[(self._type, port)] = self
        self._port = port

    @micropython.native
    def listen(self, backlog=2):
        self._alive()
        self._new = False
        self._listens = True

    @micropython.native
    def _wait(self):
        # Nothing ever comes: the end of the timeout.
        self._alive()
        if self._timeout_us == 0:
            raise OSError(_EAGAIN)
        _clock.wait_until(_clock.FOREVER if self._timeout_us is None else _clock.now + self._timeout_us)
        raise OSError(_ETIMEDOUT)

    @micropython.native
    def accept(self):
        if not self._listens:
            raise OSError(_EINVAL)
        self._wait()

    @micropython.native
    def connect(self, address):
        self._alive()
        _address(address)
        self._new = False
        if self._type == SOCK_STREAM:
            raise OSError(_EHOSTUNREACH)

    @micropython.native
    def send(self, data):
        self._alive()
        raise OSError(_ENOTCONN if self._type == SOCK_STREAM else _EHOSTUNREACH)

    sendall = write = send

    @micropython.native
    def sendto(self, data, address):
        self._alive()
        _address(address)
        raise OSError(_EHOSTUNREACH)

    @micropython.native
    def recv(self, size, flags=0):
        if self._type == SOCK_STREAM:
            self._alive()
            raise OSError(_ENOTCONN)
        self._wait()

    recvfrom = recv

    @micropython.native
    def read(self, size=-1):
        return self.recv(size)

    readinto = read

    @micropython.native
    def readline(self, size=-1):
        return self.recv(size)

    @micropython.native
    def setsockopt(self, level, optname, value):
        _integer(level)
        _integer(optname)

    @micropython.native
    def settimeout(self, value):
        self._timeout_us = None if value is None else int(value * 1000000)

    @micropython.native
    def setblocking(self, flag):
        self._timeout_us = None if flag else 0

    @micropython.native
    def fileno(self):
        return self._file

    @micropython.native
    def makefile(self, *arguments):
        return self

    @micropython.native
    def ioctl(self, request, argument):
        # Asked by select what it is ready for: datagrams could be sent, a fresh socket counts as broken off, nothing ever comes.
        if request == 3:
            if self._file < 0:
                return 32
            if self._new:
                return argument & 4 | 16
            return argument & 4 if self._type != SOCK_STREAM else 0
        if request == 4:
            self.close()
        return 0

    @micropython.native
    def close(self):
        if self._file >= 0:
            if _taken.get((self._type, self._port)) is self:
                _taken.pop((self._type, self._port))
            self._file = -1

    @micropython.native
    def __enter__(self):
        return self

    @micropython.native
    def __exit__(self, *error):
        self.close()

    @micropython.native
    def __repr__(self):
        return "<socket>"
