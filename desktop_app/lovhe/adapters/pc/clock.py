"""The PC's clock, as it is and as people read it."""

from __future__ import annotations

import datetime

from lovhe.core.pc.facts import Clock


def pc_clock(now: datetime.datetime | None = None) -> Clock:
    """What the clock says; `now`, with its zone, stands in for it."""
    moment = now or datetime.datetime.now(datetime.UTC).astimezone()
    zone = moment.strftime("%z")
    return Clock(moment.timestamp(), as_shown(moment), f"UTC{zone[:3]}:{zone[3:5]}" if zone else "UTC")


def as_shown(moment: datetime.datetime) -> str:
    """A moment as a whole class reads it, whatever its languages."""
    return moment.strftime("%d.%m.%Y %H:%M")
