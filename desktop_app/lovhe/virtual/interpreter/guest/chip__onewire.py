# The chip's `_onewire`: the bits of the 1-Wire protocol, on a pin that is an open drain already. Source: extmod/modonewire.c.
#
# A whole operation is one question to the world, and takes the time that its slots take.

import _clock
import _gpio
import _pin
import _world
from _arguments import integer as _integer
from _buffers import octets as _octets

_RESET_US = 960
_READ_US = 72
_WRITE_US = 71


@micropython.native
def _ask(pin, operation, value, cost_us):
    # What the wire answers. A pad that drives nothing is heard by nobody, and reads what stands at it.
    gpio = _pin._gpio_of(pin)
    mask = 1 << gpio
    _gpio.write(gpio, mask, 1)
    if _gpio.enabled & mask and not _gpio.special & mask:
        answer = _world.request("ow", [gpio, operation, value, _clock.now])
    else:
        high = _gpio.read(mask)
        answer = 1 - high if operation == "reset" else high
        if operation == "readbyte":
            answer = 255 * high
    _clock.now += cost_us
    return answer or 0


@micropython.native
def reset(pin):
    return bool(_ask(pin, "reset", 0, _RESET_US))


@micropython.native
def readbit(pin):
    return _ask(pin, "readbit", 0, _READ_US)


@micropython.native
def readbyte(pin):
    return _ask(pin, "readbyte", 0, 8 * _READ_US)


@micropython.native
def writebit(pin, value):
    _ask(pin, "writebit", 1 if _integer(value) else 0, _WRITE_US)


@micropython.native
def writebyte(pin, value):
    _ask(pin, "writebyte", _integer(value) & 0xFF, 8 * _WRITE_US)


@micropython.native
def crc8(data):
    # Dallas/Maxim CRC-8, polynomial x^8 + x^5 + x^4 + 1, least significant bit first.
    crc = 0
    for byte in _octets(data):
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x8C if crc & 1 else 0)
    return crc
