"""`machine.deepsleep` and `machine.reset` that first send what still waits, and that the program ends here by its own call."""

from lovhe import trace
from lovhe.machine import _chip


def _end(status):
    trace.sample(0)
    trace.put('"end","%s","","",0' % status)
    while trace.queue or trace.lost:
        trace.room = 114
        trace.drain()


def deepsleep(*args):
    if not args or len(args) == 1 and isinstance(args[0], int):  # the chip refuses all else
        _end("sleep")
    _chip.deepsleep(*args)


def reset():
    _end("reset")
    _chip.reset()
