"""`machine.I2C` and `SoftI2C` that tell which address was spoken to, and how much."""

from time import ticks_diff, ticks_ms

from lovhe import trace

_told = {}  # address to (when, wrote, read)


def _tell(address, wrote, read):
    # The same transfer again is told every 20 ms, another one every 5 ms.
    now = ticks_ms()
    last = _told.get(address)
    if last is None or ticks_diff(now, last[0]) >= (20 if last[1] == wrote and last[2] == read else 5):
        _told[address] = now, wrote, read
        trace.put('"i2c",%d,%d,%d' % (address, wrote, read), now)


def _size(buffers):
    return sum(len(buffer) for buffer in buffers) if isinstance(buffers, (list, tuple)) else len(buffers)


def _watched(base):
    def method(name, wrote, read):
        # `wrote` and `read` make byte counts of the call's second and, for memory transfers, third argument.
        def call(self, address, what, *more, **kwargs):
            result = getattr(super(I2C, self), name)(address, what, *more, **kwargs)
            if more and "_mem" in name:
                what = more[0]
            _tell(address, wrote(what), read(what))
            return result

        return call

    def none(_):
        return 0

    def one(_):
        return 1

    def register_and(data):
        return 1 + len(data)

    class I2C(base):
        readfrom = method("readfrom", none, int)
        readfrom_into = method("readfrom_into", none, len)
        writeto = method("writeto", _size, none)
        writevto = method("writevto", _size, none)
        readfrom_mem = method("readfrom_mem", one, int)
        readfrom_mem_into = method("readfrom_mem_into", one, len)
        writeto_mem = method("writeto_mem", register_and, none)

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            text = repr(self)  # I2C(0, scl=18, sda=19, freq=…)
            for name in ("scl=", "sda="):
                i = text.find(name) + 4
                if i > 3 and text[i : i + 2].rstrip(",").isdigit():
                    trace.hide(int(text[i : i + 2].rstrip(",")), True)

        def scan(self):
            found = super().scan()
            for address in found:
                _tell(address, 0, 0)
            return found

    return I2C


I2C = _watched(trace.machine.I2C)
SoftI2C = _watched(trace.machine.SoftI2C)
