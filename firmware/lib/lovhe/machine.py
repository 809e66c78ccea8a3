"""What a traced program gets for `machine`: the chip's own, but for the classes that are watched.

A real module, because `from machine import *` needs one. Names are looked up when they are first used, and then
kept, so that a program pays only for what it uses. Our own names have an underscore: they are not the program's.
"""

import sys as _sys

from lovhe import trace as _trace
from lovhe.trace import machine as _chip

_WATCHED = {
    "ADC": "adc",
    "PWM": "pwm",
    "Timer": "timer",
    "I2C": "i2c",
    "SoftI2C": "i2c",
    "lightsleep": "reset",
    "sleep": "reset",
    "deepsleep": "reset",
    "reset": "reset",
    "WDT": "reset",
}


def __getattr__(name):
    value = getattr(_chip, name)
    if name in _WATCHED:
        value = getattr(_trace.load("lovhe.watch_" + _WATCHED[name], None, None, (name,)), name)
    globals()[name] = value
    return value


def _prepare(names):
    """This module, ready for `from machine import names`; an unknown name is an ImportError, as on the chip."""
    if names and "*" in names:
        names = globals()["__all__"] = [name for name in dir(_chip) if name[0] != "_"]
    for name in names or ():
        if not hasattr(_chip, name):
            raise ImportError("can't import name " + name)
        __getattr__(name)
    return _sys.modules["lovhe.machine"]


def _gpio_of(thing):
    """The gpio number in what `thing` is shown as ("Pin(34)", "ADC(Pin(34), atten=3)"); -1 if there is none."""
    text = repr(thing)
    i = text.find("Pin(")
    try:
        return int(text[i + 4 : text.find(")", i)])
    except ValueError:
        return -1


def _hide(gpio, yes):
    """Leave a pin out of the samples (PWM and I2C move it faster than they can see), or take it in again."""
    for bank in _trace.banks:
        if 0 <= gpio - bank[3] < 32:
            bit = 1 << gpio - bank[3]
            bank[5] = bank[5] | bit if yes else bank[5] & ~bit
    _trace.sort()
