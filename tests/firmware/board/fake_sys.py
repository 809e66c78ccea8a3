"""`sys` that says the interpreter runs on a chip; the rest is the real one's."""

import sys as _sys


class implementation:
    name = _sys.implementation.name
    _machine = "Generic ESP32 module with ESP32"


def __getattr__(name):
    return getattr(_sys, name)
