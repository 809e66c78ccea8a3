# The chip's `esp32`: which names it has depends on the chip (modesp32.c at v1.28.0).

import _chip as _chip
import _clock as _clock
import _gpio as _gpio
import _later as _later
import _pin as _pin
import _sleep as _sleep
from _arguments import integer as _integer
from _arguments import listed as _listed
from _arguments import unpack as _unpack
from _flash import Partition

HEAP_DATA = 4
HEAP_EXEC = 1
WAKEUP_ALL_LOW = False
WAKEUP_ANY_HIGH = True

_PAD_NAMES = ("pins", "level")
_FILES = {"NVS": "_nvs", "RMT": "_rmt"}
if _chip.name != "esp32c3":
    _FILES["PCNT"] = "_pcnt"
    _FILES["ULP"] = "_ulp"


@micropython.native
def __getattr__(name):
    if name == "wake_on_gpio":  # not named elsewhere, so that dir() shows it to those who know it: 1.26's build has no such function
        return _wake_on_pads
    file = _FILES.get(name)
    if file is None:
        raise AttributeError("'module' object has no attribute '%s'" % name)
    value = getattr(_later.fetch(file), name)
    globals()[name] = value
    return value


@micropython.native
def _ext0_or_gpio():
    return _pin.wake_pin[0] >= 0 and _chip.name != "esp32c3" or _sleep.gpio_pads != 0


@micropython.native
def _wake_on_pads(*arguments, **keywords):
    pads, high = _pads_and_level(arguments, keywords, _sleep.gpio_pads, _sleep.gpio_high, None)
    if _sleep.ulp or _sleep.touch:
        raise ValueError("no resources")
    _sleep.gpio_pads = pads
    _sleep.gpio_high = high


@micropython.native
def _pads_and_level(arguments, keywords, pads, high, allowed):
    pins, level = _unpack(_PAD_NAMES, arguments, keywords)
    if pins != () and pins is not None or type(pins) is list:
        pads = 0
        for pin in _listed(pins):
            gpio = _pin._gpio_of(pin)
            if allowed is not None and not allowed >> gpio & 1:
                raise ValueError("invalid pin")
            pads |= 1 << gpio
    return pads, high if level == () else bool(level)


if _chip.TOUCH:

    @micropython.native
    def wake_on_touch(wake):
        if _ext0_or_gpio():
            raise ValueError("no resources")
        _sleep.touch = bool(wake)


if _chip.name != "esp32c3":

    @micropython.native
    def wake_on_ext0(*arguments, **keywords):
        if _sleep.touch:
            raise ValueError("no resources")
        pin, level = _unpack(("pin", "level"), arguments, keywords)
        wake = _pin.wake_pin
        if pin is None:
            wake[0] = -1
        elif pin != ():
            gpio = _pin._gpio_of(pin)
            if gpio != wake[0] and not _sleep.EXT_PADS >> gpio & 1:
                raise ValueError("invalid pin")
            wake[0] = gpio
        elif wake[0] < 0:
            raise ValueError("invalid pin")
        if level != ():
            wake[1] = 1 if level else 0
        wake[2] = _sleep.LIGHT | _sleep.DEEP

    @micropython.native
    def wake_on_ext1(*arguments, **keywords):
        pads, high = _pads_and_level(arguments, keywords, _sleep.ext1_pads, _sleep.ext1_high, _sleep.EXT_PADS)
        _sleep.ext1_pads = pads
        _sleep.ext1_high = high

    @micropython.native
    def wake_on_ulp(wake):
        if _ext0_or_gpio():
            raise ValueError("no resources")
        _sleep.ulp = bool(wake)


@micropython.native
def gpio_deep_sleep_hold(enable):
    _sleep.hold_in_deep_sleep = bool(enable)


if _chip.name == "esp32":

    @micropython.native
    def raw_temperature():
        # Degrees Fahrenheit of the chip itself.
        _clock.now += 110
        return 126 + _gpio.noise() % 4

else:

    @micropython.native
    def mcu_temperature():
        # Degrees Celsius of the chip itself.
        _clock.now += 300
        return 34 + _gpio.noise() % 3


@micropython.native
def idf_heap_info(cap):
    # Each piece of memory that can hold this: its size, free bytes, the largest free block, and the fewest free bytes there have been.
    cap = _integer(cap)
    if cap & ~(HEAP_DATA | HEAP_EXEC):
        return []
    pieces = [(15072, 15036, 14848, 15036), (113840, 61400, 59392, 58120)]
    if cap & HEAP_EXEC:
        pieces.append((18308, 17964, 17408, 17964))
    else:
        pieces = [(240, 0, 0, 0), (7288, 0, 0, 0), (16648, 4216, 3840, 3720), (89912, 35712, 34816, 35108)] + pieces
    return pieces


__all__ = [_name for _name in dir() if _name[0] != "_"] + list(_FILES)
