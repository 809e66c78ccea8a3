"""How long this PC keeps what was handed in: read, settled, and what is past that time erased."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec

from lovhe.apps import wiring
from lovhe.apps.teaching.retention import Overdue, clean_up, overdue
from lovhe.apps.teaching.wiring import all_work, leave_desk
from lovhe.services.ports.pupils import Erased, Roster
from lovhe.services.ports.retention import Retention


class KeptTime(msgspec.Struct, frozen=True):
    """So many months, and what is past them; both are None for ever."""

    months: int | None
    past: Overdue | None


def read_kept_time(now: datetime.datetime) -> KeptTime:
    """As it is. Not for the event loop. Raises `ResultsError`."""
    with wiring.results() as store:
        return _kept_time(store.retention(), store.roster(), now)


def keep_for(months: int | None, now: datetime.datetime) -> KeptTime:
    """Settle it; on the disk when this returns. Nothing is erased by it. Not for the event loop. Raises `ResultsError`."""
    with wiring.results() as store:
        store.retention().set_months(months)
        return _kept_time(store.retention(), store.roster(), now)


def erase_past(found: Overdue) -> Iterator[Erased]:
    """Take it out for good; what went is told after the guests' attempts, and after each pupil. Raises `ResultsError`, `InputError`."""
    leave_desk([one.pupil.id for one in found.pupils])
    with wiring.results() as store:
        yield from clean_up(found, store.roster().classes(), store.retention(), store.roster(), all_work())


def _kept_time(retention: Retention, roster: Roster, now: datetime.datetime) -> KeptTime:
    months = retention.months()
    return KeptTime(months, overdue(roster.classes(), retention, months, now) if months is not None else None)
