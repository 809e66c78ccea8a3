"""Watching what is on USB while somebody plugs a board in."""

from __future__ import annotations

import math
from collections.abc import Callable

from lovhe.core.pc.rules.plugging import Plugged, PlugSeen

WATCH_S = 15.0
SETTLE_S = 3.0
"""After something came: as long a driver may take to make its port, and brltty to take it away again."""

_LOOK_EVERY_S = 0.25


def watch_plug(
    look: Callable[[], Plugged],
    now_s: Callable[[], float],
    wait: Callable[[float], None],
    tick: Callable[[int], None] = lambda left_s: None,
    *,
    watch_s: float = WATCH_S,
) -> PlugSeen:
    """Look again and again for `watch_s`, less when something came and has settled; `tick` is told the whole seconds left.

    A board that is pulled out during the watch is expected back: what is compared with then lacks it.
    """
    before = start = look()
    after = before
    passing: set[str] = set()
    ends_s = now_s() + watch_s
    came_s: float | None = None
    while (left_s := ends_s - now_s()) > 0:
        tick(math.ceil(left_s))
        wait(min(_LOOK_EVERY_S, left_s))
        after = look()
        before = _without_what_left(before, after)
        passing.update(port for port in after.ports if port not in before.ports)
        seen = PlugSeen(before, after, frozenset(passing))
        if not seen.something:
            came_s = None
        elif came_s is None:
            came_s = now_s()
        elif now_s() - came_s >= SETTLE_S:
            return seen
    ended = PlugSeen(before, after, frozenset(passing))
    return ended if ended.something else PlugSeen(start, after, frozenset(passing))


def _without_what_left(before: Plugged, now: Plugged) -> Plugged:
    """`before` less what is gone now, so that it is new when it comes back."""
    devices = before.devices
    if devices is not None and now.devices is not None:
        places = {(device.place, device.vid, device.pid) for device in now.devices}
        devices = tuple(device for device in devices if (device.place, device.vid, device.pid) in places)
    return Plugged(devices, tuple(port for port in before.ports if port in now.ports))
