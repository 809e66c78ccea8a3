"""Who and what is past the time for which it is kept, and taking that out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import msgspec

from lovhe.apps.teaching.pupil_data import erase_pupil
from lovhe.core.pupils.pupil import SchoolClass
from lovhe.core.pupils.retention import Past, months_before, past_time
from lovhe.services.ports.pupils import Erased, Roster
from lovhe.services.ports.retention import Retention
from lovhe.services.ports.work import AllWork


class Overdue(msgspec.Struct, frozen=True):
    """What is past the time, which began at `since_utc`: pupils of classes that have left, and attempts of guests."""

    since_utc: str
    pupils: Sequence[Past] = ()
    guests_attempts: int = 0


def overdue(classes: Sequence[SchoolClass], retention: Retention, months: int, now: datetime.datetime) -> Overdue:
    """What is past a time of so many months. Raises `ResultsError`."""
    since_utc = months_before(now.astimezone(datetime.UTC), months).isoformat(timespec="seconds")
    left = [one for one in classes if one.has_left]
    newest_utc = retention.newest_of([pupil.id for one in left for pupil in one.pupils])
    return Overdue(since_utc, past_time(left, newest_utc, since_utc), retention.guests_attempts(since_utc))


def clean_up(found: Overdue, classes: Sequence[SchoolClass], retention: Retention, roster: Roster, work: AllWork) -> Iterator[Erased]:
    """Take out the guests' attempts, then one pupil after another: each is whole or gone when the power fails.

    What went is told after each. Raises `ResultsError`, `InputError`.
    """
    yield Erased(retention.erase_guests_attempts(found.since_utc), 0)
    for past in found.pupils:
        yield erase_pupil(past.pupil, classes, roster, work)
