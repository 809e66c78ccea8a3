"""`machine.I2C` and `SoftI2C` that tell which address was spoken to, and how much."""

from time import ticks_diff, ticks_ms

from lovhe import trace
from lovhe.machine import _chip, _hide

_told = {}  # address to (when, wrote, read)


def _tell(address, wrote, read):
    # The same transfer again is told every 20 ms, another one every 5 ms.
    now = ticks_ms()
    last = _told.get(address)
    if last is None or ticks_diff(now, last[0]) >= (20 if last[1:] == (wrote, read) else 5):
        _told[address] = now, wrote, read
        trace.put('"i2c",%d,%d,%d' % (address, wrote, read), now)


def _size(data):
    """Bytes in what a transfer was given: a number, a buffer, or a list of buffers."""
    if isinstance(data, int):
        return data
    return sum(map(len, data)) if isinstance(data, (list, tuple)) else len(data)


def __getattr__(name):
    """The class `name`, made when the program asks for it."""

    def transfer(name):
        def method(self, address, *args, **kwargs):
            result = getattr(super(Watched, self), name)(address, *args, **kwargs)
            in_memory = "_mem" in name  # args: the register, then the data
            size = _size(args[in_memory])
            if name[0] == "w":
                _tell(address, size + in_memory, 0)
            else:
                _tell(address, int(in_memory), size)
            return result

        return method

    class Watched(getattr(_chip, name)):
        readfrom = transfer("readfrom")
        readfrom_into = transfer("readfrom_into")
        writeto = transfer("writeto")
        writevto = transfer("writevto")
        readfrom_mem = transfer("readfrom_mem")
        readfrom_mem_into = transfer("readfrom_mem_into")
        writeto_mem = transfer("writeto_mem")

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            text = repr(self)  # I2C(0, scl=18, sda=19, freq=…)
            for pin in ("scl=", "sda="):
                i = text.find(pin) + 4
                if i > 3:
                    _hide(int(text[i : text.find(",", i)]), True)

        def scan(self):
            found = super().scan()
            for address in found:
                _tell(address, 0, 0)
            return found

    return Watched
