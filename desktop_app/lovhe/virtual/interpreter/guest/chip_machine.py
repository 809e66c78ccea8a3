# The chip's `machine` as a program gets it: as in MicroPython 1.26 to 1.28, a small frozen module before the one written in C, handing on
# what it does not have itself. So a name that is not there is an AttributeError even in `from machine import …`, and `from machine
# import *`, which asks for `__all__`, is one always (mended in the port's commit 2752d39, after 1.28).

from micropython import const

import _chip as _chip
import _clock as _clock
import _later as _later
import machine as _machine

_LOOKUP_US = 60
_FILES = {"I2S": "_i2s", "SDCard": "_sdcard"}
if _chip.name != "esp32c3":
    _FILES["Counter"] = _FILES["Encoder"] = "_counters"


@micropython.native
def __getattr__(name):
    _clock.now += _LOOKUP_US
    file = _FILES.get(name)
    if file is None:
        return getattr(_machine, name)
    value = getattr(_later.fetch(file), name)
    globals()[name] = value
    return value
