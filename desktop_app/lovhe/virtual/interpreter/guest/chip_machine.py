# The chip's `machine` as a program gets it: as in MicroPython 1.26 to 1.28, a small frozen module before the one written in C, handing on
# what it does not have itself. So a name that is not there is an AttributeError even in `from machine import …`, and `from machine
# import *`, which asks for `__all__`, is one always (mended in the port's commit 2752d39, after 1.28).

from micropython import const

import machine as _machine
from _later import of_machine as __getattr__

del _machine.__file__
