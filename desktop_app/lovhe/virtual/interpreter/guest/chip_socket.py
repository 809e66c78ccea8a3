# The chip's `socket`. A virtual board has no network: every call that needs one says that the host cannot be reached.

_EHOSTUNREACH = 113
_NO_NAME = -202

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


class socket:
    def __init__(self, af=AF_INET, type=SOCK_STREAM, proto=IPPROTO_TCP):
        pass

    def connect(self, address):
        raise OSError(_EHOSTUNREACH)

    bind = listen = send = sendall = sendto = recv = recvfrom = accept = read = readinto = readline = write = connect

    def close(self):
        pass

    def setsockopt(self, level, optname, value):
        pass

    def settimeout(self, value):
        pass

    def setblocking(self, value):
        pass

    def fileno(self):
        return 54

    def makefile(self, *arguments):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


def getaddrinfo(host, port, *rest):
    raise OSError(_NO_NAME)
