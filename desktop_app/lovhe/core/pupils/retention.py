"""How long what pupils did is kept after their class has left school, and who is past that time. Nothing is erased by itself."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping, Sequence
from contextlib import suppress
from uuid import UUID

import msgspec

from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.pupil import Pupil, SchoolClass

MOST_MONTHS = 120


class Past(msgspec.Struct, frozen=True):
    """A pupil past the time; `newest_utc` is when they last handed in, ISO 8601, "" for never."""

    pupil: Pupil
    newest_utc: str


def check_months(months: int) -> int:
    """A number of months that can be meant. Raises `InputError`."""
    if not 1 <= months <= MOST_MONTHS:
        raise InputError(
            N_("{n} months cannot be meant.", n=months),
            N_("Give a number from 1 to {most}, or --for-ever.", most=MOST_MONTHS),
        )
    return months


def months_before(now: datetime.datetime, months: int) -> datetime.datetime:
    """The same day so many months earlier, or the last day of that month where it has no such day."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, calendar.monthrange(year, month + 1)[1]))


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
        moment_s = (UUID(pupil.id).int >> 80) / 1000
        return datetime.datetime.fromtimestamp(moment_s, datetime.UTC).isoformat(timespec="seconds")
    return ""
