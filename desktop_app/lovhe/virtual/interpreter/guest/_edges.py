# Edges that are known beforehand: the pads follow the world's time tables by the board's own clock, to the microsecond, and the waves
# of PWM that comes over a wire. A fast wave is worked out when it is read; its single edges come only where somebody counts them.

import micropython

import _clock
import _gpio

_CHAIN_US = 50000  # edges closer than this belong together
_AFTER_US = 500
_schedule = []  # [when, GPIO, level], soonest first
_followed = {}  # GPIO to the time until which its table has been followed
_event = None
_waves = {}  # GPIO to [when it began, its period, how long it is high], in microseconds
_SLOW_US = 500
_BLURRED_US = 4  # shorter periods than this are met at a chance moment


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
        if gpio in _waves:
            _plan(gpio, due)
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


@micropython.native
def wave(shapes):
    # From the world: {gpio: [since, Hz, share of the time that it is high] or None}.
    for name, shape in shapes.items():
        gpio = int(name)
        mask = 1 << gpio
        _waves.pop(gpio, None)
        _schedule[:] = [edge for edge in _schedule if edge[1] != gpio]
        _gpio.waving &= ~mask
        if shape:
            period = int(1000000000 / shape[1])  # in ns: floats are too short for what adds up
            _waves[gpio] = [shape[0], period, int(period * shape[2])]
            _gpio.waving |= mask
            if period >= 1000 * _SLOW_US or _gpio.interrupting(mask):
                _plan(gpio, _clock.now)
    _wait_for_next()


@micropython.native
def _next(gpio, now):
    # When the wave's next edge is, and the level after it.
    since, period, high = _waves[gpio]
    passed = 1000 * (now - since) % period
    rising = passed >= high
    return now + ((period if rising else high) - passed) // 1000 + 1, 1 if rising else 0


@micropython.native
def _plan(gpio, now):
    due, level = _next(gpio, now)
    _schedule.append([due, gpio, level])
    _schedule.sort(key=_when)


@micropython.native
def coming(mask):
    # When the wave at this pad has its next edge.
    for gpio in _waves:
        if mask == 1 << gpio:
            return _next(gpio, _clock.now)[0]
    return _clock.NEVER


@micropython.native
def count(gpio):
    # Somebody wants every edge of this pad.
    if gpio in _waves and not [edge for edge in _schedule if edge[1] == gpio]:
        _plan(gpio, _clock.now)
        _wait_for_next()


@micropython.native
def show(mask):
    # Give these pads the level that their waves have now.
    for gpio, shape in _waves.items():
        if mask & 1 << gpio:
            since, period, high = shape
            passed = _gpio.noise() * period // 32768 if period < 1000 * _BLURRED_US else 1000 * (_clock.now - since) % period
            _gpio.drive(gpio, 1 if passed < high else 0)
