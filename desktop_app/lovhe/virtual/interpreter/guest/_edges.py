# Edges that parts foretell: the pads follow the world's time table by the board's own clock, to the microsecond.

import micropython

import _clock
import _gpio

_CHAIN_US = 50000  # edges closer than this belong together
_AFTER_US = 500
_schedule = []  # [when, GPIO, level], soonest first
_followed = {}  # GPIO to the time until which its table has been followed
_event = None


@micropython.native
def foretell(tables):
    # From the world: {gpio: [[when, level], …]}, instead of what it told of these pads before.
    for name, table in tables.items():
        gpio = int(name)
        _schedule[:] = [edge for edge in _schedule if edge[1] != gpio]
        _follow(gpio, table)
    _schedule.sort(key=_when)
    _wait_for_next()


@micropython.native
def _when(edge):
    return edge[0]


@micropython.native
def _follow(gpio, table):
    now = _clock.now
    before = _followed.get(gpio, -1)
    held = None  # the level where we stand in the table
    for due, level in table:
        if due > now:
            _schedule.append([due, gpio, level])
            continue
        if held is not None and due > before:
            _gpio.drive(gpio, held)  # then the pad sees each edge that came while the table was under way
        held = level
    if held is not None:
        _gpio.drive(gpio, held)
    _followed[gpio] = now


@micropython.native
def apply_due(_=None):
    # Let the pads have what is due by now.
    now = _clock.now
    while _schedule and _schedule[0][0] <= now:
        due, gpio, level = _schedule.pop(0)
        _followed[gpio] = due
        _gpio.drive(gpio, level)
    _wait_for_next()


@micropython.native
def _wait_for_next():
    # The clock shall stop at the next edge, and in real time not run ahead of edges that belong together.
    global _event
    if _event is not None:
        _clock.cancel(_event)
        _event = None
    if not _schedule:
        _gpio.next_edge = _clock.NEVER
        return
    _gpio.next_edge = last = _schedule[0][0]
    _event = _clock.at(last, 0, apply_due, None)
    if _clock.real and last - _clock.now < _CHAIN_US:
        for edge in _schedule:
            if edge[0] - last > _CHAIN_US:
                break
            last = edge[0]
        _clock.hold_until = last + _AFTER_US
