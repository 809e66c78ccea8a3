"""What stops the trace: sleep, `machine.reset` and the watchdog.

The sampler's timer stands still in light sleep, so the pins are looked at before it. Deep sleep and `reset` first send what waits,
and that the program ends here by its own call. A watchdog goes on after the program, and would reset the board while the next
one is put on it.
"""

import sys

from lovhe import trace
from lovhe.machine import _chip

_DAYS_MS = 864000000  # ten; the chip counts four times as many in 32 bits
_armed = False


def release():
    """After the run: nothing stops a watchdog, but it can be told to wait."""
    if _armed:
        _chip.WDT(timeout=_DAYS_MS)


def _end(status):
    trace.sample(0)
    displays = sys.modules.get("lovhe.watch_displays")
    if displays:
        displays.release()
    trace.put('"end","%s","","",0' % status)
    while trace.queue or trace.lost:
        trace.room = 114
        trace.drain()


def lightsleep(*args):
    trace.sample(0)
    _chip.lightsleep(*args)


sleep = lightsleep


def deepsleep(*args):
    if not args or len(args) == 1 and isinstance(args[0], int):  # the chip refuses all else
        _end("sleep")
    _chip.deepsleep(*args)


def reset():
    _end("reset")
    _chip.reset()


def WDT(*args, **kwargs):
    global _armed
    dog = _chip.WDT(*args, **kwargs)
    _armed = True
    return dog
