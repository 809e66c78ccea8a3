"""What a traced program gets for `machine`: the chip's own, but for the classes that are watched.

A real module, because `from machine import *` needs one. Names are looked up when they are first used, and then
kept, so that a program pays only for what it uses.
"""

from lovhe.trace import machine as _chip

_WATCHED = {"ADC": "adc", "PWM": "pwm", "Timer": "timer", "I2C": "i2c", "SoftI2C": "i2c"}


def __getattr__(name):
    value = getattr(_chip, name)
    if name in _WATCHED:
        value = getattr(__import__("lovhe.watch_" + _WATCHED[name], None, None, (name,)), name)
    globals()[name] = value
    return value


def prepare(names):
    """Get ready for `from machine import names`; an unknown one is an ImportError, as on the chip."""
    for name in dir(_chip) if "*" in names else names:
        if not hasattr(_chip, name):
            raise ImportError("can't import name " + name)
        if name[0] != "_":
            __getattr__(name)
