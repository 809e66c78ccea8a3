"""How long what pupils did is kept after their class has left school, who is past that time, and taking that out.

Nothing is erased by itself.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import msgspec

from lovhe.apps.teaching.pupil_data import erase_pupil
from lovhe.core.errors import InputError
from lovhe.core.messages import N_, Message
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.services.ports.pupils import Erased, Roster
from lovhe.services.ports.retention import Retention
from lovhe.services.ports.work import AllWork

MOST_MONTHS = 120


class Past(msgspec.Struct, frozen=True):
    """A pupil past the time; `newest_utc` is when they last handed in, ISO 8601, "" for never."""

    pupil: Pupil
    newest_utc: str


class Overdue(msgspec.Struct, frozen=True):
    """What is past the time, which began at `since_utc`: pupils of classes that have left, and attempts of guests."""

    since_utc: str
    pupils: Sequence[Past]
    guests_attempts: int


def check_months(months: int) -> int:
    """A number of months that can be meant. Raises `InputError`."""
    if not 1 <= months <= MOST_MONTHS:
        raise InputError(
            N_("{n} months cannot be meant.", n=months),
            N_("Give a number from 1 to {most}, or --for-ever.", most=MOST_MONTHS),
        )
    return months


def kept_words(months: int | None) -> Message:
    """How long attempts are kept; None is for ever."""
    if months is None:
        return N_("Attempts are kept for ever unless somebody erases them, also those of classes that have left school and of guests.")
    return N_(
        "Attempts of classes that have left school, and of guests, are kept for {n} month. Nothing is erased by itself.",
        "Attempts of classes that have left school, and of guests, are kept for {n} months. Nothing is erased by itself.",
        n=months,
    )


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


def past_time(classes: Sequence[SchoolClass], newest_utc: Mapping[str, str], since_utc: str) -> list[Past]:
    """The pupils of classes that have left school, where since then nobody has handed in anything, nor was put on the list.

    `newest_utc` is when each pupil last handed in, in the form of `since_utc`; who is not in it never did.
    """
    return [
        Past(pupil, newest_utc.get(pupil.id, ""))
        for one in classes
        if one.has_left and all(max(newest_utc.get(pupil.id, ""), _listed_utc(pupil)) < since_utc for pupil in one.pupils)
        for pupil in one.pupils
    ]


def _listed_utc(pupil: Pupil) -> str:
    """When a pupil was put on the list, which a UUIDv7 begins with; "" where the id is none."""
    with suppress(ValueError, OverflowError, OSError):
        moment_s = int(pupil.id.replace("-", "")[:12], 16) / 1000
        return datetime.datetime.fromtimestamp(moment_s, datetime.UTC).isoformat(timespec="seconds")
    return ""


def months_before(now: datetime.datetime, months: int) -> datetime.datetime:
    """The same day so many months earlier, or the last day of that month where it has no such day."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, calendar.monthrange(year, month + 1)[1]))
