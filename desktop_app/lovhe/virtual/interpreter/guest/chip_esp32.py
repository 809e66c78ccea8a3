# The chip's `esp32`. First version: partitions and the non-volatile store are real, the rest is honest about not being there.

import json as _json

import _flash as _flash
import _gpio as _gpio
from _flash import Partition

HEAP_DATA = 4
HEAP_EXEC = 1
WAKEUP_ALL_LOW = False
WAKEUP_ANY_HIGH = True

_ENODEV = 19
_NVS_OFFSET = 0x9000
_NVS_BYTES = 0x6000
_NOT_FOUND = (-4354, "ESP_ERR_NVS_NOT_FOUND")


class NVS:
    # Kept as JSON in the nvs partition, not in Espressif's format.

    def __init__(self, namespace):
        self._namespace = namespace
        data = bytearray(_NVS_BYTES)
        _flash.read_at(_NVS_OFFSET, data)
        text = bytes(data).rstrip(b"\xff").rstrip(b"\0")
        try:
            self._all = _json.loads(text) if text else {}
        except ValueError:
            self._all = {}

    @micropython.native
    def _own(self):
        return self._all.setdefault(self._namespace, {})

    @micropython.native
    def set_i32(self, key, value):
        self._own()[key] = int(value)

    @micropython.native
    def get_i32(self, key):
        value = self._own().get(key)
        if type(value) is not int:
            raise OSError(*_NOT_FOUND)
        return value

    @micropython.native
    def set_blob(self, key, value):
        self._own()[key] = "".join("%02x" % byte for byte in bytes(value))

    @micropython.native
    def get_blob(self, key, buffer):
        value = self._own().get(key)
        if type(value) is not str:
            raise OSError(*_NOT_FOUND)
        data = bytes(int(value[place : place + 2], 16) for place in range(0, len(value), 2))
        buffer[: len(data)] = data
        return len(data)

    @micropython.native
    def erase_key(self, key):
        if key not in self._own():
            raise OSError(*_NOT_FOUND)
        self._own().pop(key)

    @micropython.native
    def commit(self):
        data = _json.dumps(self._all).encode()
        if len(data) > _NVS_BYTES:
            raise OSError(-4357, "ESP_ERR_NVS_NOT_ENOUGH_SPACE")
        _flash.write_at(_NVS_OFFSET, data + b"\0" * (_NVS_BYTES - len(data)))


class _Missing:
    def __init__(self, *arguments, **keywords):
        raise OSError(_ENODEV)


class PCNT(_Missing):
    pass


class RMT(_Missing):
    pass


class ULP(_Missing):
    RESERVE_MEM = 512


@micropython.native
def raw_temperature():
    # Degrees Fahrenheit of the chip itself.
    return 126 + _gpio.noise() % 4


@micropython.native
def idf_heap_info(capabilities):
    return [(7288, 0, 0, 0), (16648, 4000, 3800, 3700), (113840, 61000, 59000, 58000)]


@micropython.native
def gpio_deep_sleep_hold(enable):
    pass


@micropython.native
def wake_on_ext0(pin=None, level=None):
    pass


@micropython.native
def wake_on_ext1(pins=None, level=None):
    pass


@micropython.native
def wake_on_touch(wake):
    pass


@micropython.native
def wake_on_ulp(wake):
    pass
