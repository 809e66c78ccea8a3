"""The PC's clock: an old PC whose clock battery is empty wakes up years ago, and a class's results are then sorted wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.core.messages import N_, Text
from lovhe.core.pc.facts import Clock, Records
from lovhe.core.pc.rules.finding import Finding

MADE_S = 1_793_491_200
"""1 November 2026, UTC: no clock that goes right tells an earlier time to this program. A release may raise it."""

_FAR_S = 15 * 366 * 86_400
_SLACK_S = 120
"""What a clock may be set back by whoever sets it right."""


def clock_findings(clock: Clock, records: Records | None) -> Iterator[Finding]:
    """The clock against what cannot be later than now: the making of this program, and the newest record."""
    if clock.now_s < MADE_S:
        yield _wrong(N_("The PC's clock says {time}: that is before this program was made.", time=clock.shown))
    elif clock.now_s > MADE_S + _FAR_S:
        yield _wrong(N_("The PC's clock says {time}: that is far in the future.", time=clock.shown))
    elif records is not None and records.newest_s is not None and clock.now_s < records.newest_s - _SLACK_S:
        yield _wrong(N_("The PC's clock says {time}, but the newest record is of {newest}.", time=clock.shown, newest=records.newest))
    else:
        yield Finding("passed", N_("It is {time} ({zone}).", time=clock.shown, zone=clock.zone))


def _wrong(what: Text) -> Finding:
    return Finding(
        "unclear",
        what,
        N_(
            "Lessons can go on, but results will stand in the wrong order. Set date and time in the system's settings (this may need the "
            "administrator). If they are wrong after each power cut, the PC needs a new clock battery (CR2032)."
        ),
    )
