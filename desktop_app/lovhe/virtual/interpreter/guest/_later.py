# Our own modules that few programs need: loaded when one does, so that they don't take every program's memory.

import _chip
import _clock
import _modules
import _stack
import machine

_LOOKUP_US = 60  # what it takes the chip's frozen `machine` to find that it has no such name
_MACHINE_FILES = {"I2S": "_i2s", "SDCard": "_sdcard", "SPI": "_spi", "SoftSPI": "_spi", "UART": "_uart"}
if _chip.name != "esp32c3":
    _MACHINE_FILES["Counter"] = _MACHINE_FILES["Encoder"] = "_counters"

_loaded = {}


@micropython.native
def fetch(file):
    module = _loaded.get(file)
    if module is None:
        stack = _stack.widen()
        try:
            module = _modules._load(file, file)
        finally:
            _stack.back(stack)
        _loaded[file] = module
    return module


@micropython.native
def of_machine(name):
    # What `machine` gives for a name that is not in its front module.
    _clock.now += _LOOKUP_US
    file = _MACHINE_FILES.get(name)
    return getattr(machine, name) if file is None else getattr(fetch(file), name)
