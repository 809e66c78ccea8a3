# The chip's `ntptime`: asks a time server for the time. On a virtual board the server's name is never found.

import socket as _socket
import struct as _struct
import time as _time

import machine as _machine

host = "pool.ntp.org"
timeout = 1

_PORT = 123
_FROM_1900_TO_2000_S = 3155673600
_ERA_S = 1 << 32


@micropython.native
def time():
    # Seconds since 2000; raises OSError.
    question = bytearray(48)
    question[0] = 0x1B  # version 3, client
    address = _socket.getaddrinfo(host, _PORT)[0][-1]
    channel = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)
    try:
        channel.settimeout(timeout)
        channel.sendto(question, address)
        answer = channel.recv(48)
    finally:
        channel.close()
    seconds = _struct.unpack("!I", answer[40:44])[0]
    if seconds < _FROM_1900_TO_2000_S:
        seconds += _ERA_S
    return seconds - _FROM_1900_TO_2000_S


@micropython.native
def settime():
    year, month, day, hour, minute, second, weekday, _ = _time.gmtime(time())
    _machine.RTC().datetime((year, month, day, weekday + 1, hour, minute, second, 0))
