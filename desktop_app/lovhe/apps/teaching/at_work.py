"""Who is where in a lesson now: the step they handed in last, and on which check they are stuck since when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

import msgspec

from lovhe.core.marks.class_marks import TriedAt
from lovhe.core.pupils.pupil import Pupil

PAUSE_S = 90 * 60.0
"""Longer than a lesson and its break: what was failed before that is another day's trouble."""
MOST_LOOKED_AT = 60
"""So many of a pupil's last attempts are looked at."""


class HandedIn(TriedAt, Protocol):
    """An attempt that can be found again."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=HandedIn)


class AtWork(msgspec.Struct, frozen=True):
    """A pupil's last step. `when_utc` is when they handed in last, "" for never; `tries` counts what they handed in there in a row.

    `check` is the first check that the last attempt failed, "" where it failed none; `since_utc` is when they failed it first.
    """

    pupil: Pupil
    lesson_id: str = ""
    step: str = ""
    outcome: str = ""
    when_utc: str = ""
    tries: int = 0
    check: str = ""
    since_utc: str = ""

    @property
    def is_stuck(self) -> bool:
        """Whether the last attempt was not right."""
        return self.outcome == "failed"


def last_rows(pupils: Sequence[Pupil], tried: Iterable[T]) -> dict[str, list[T]]:
    """For each pupil's id the attempts in a row at the step that they handed in last, oldest first, without a pause between them."""
    made: dict[str, list[T]] = {pupil.id: [] for pupil in pupils}
    for one in tried:
        for pupil_id in one.pupils:
            if pupil_id in made:
                made[pupil_id].append(one)
    return {pupil_id: _last_row(mine[-MOST_LOOKED_AT:]) for pupil_id, mine in made.items()}


def at_work(pupils: Sequence[Pupil], rows: Mapping[str, Sequence[HandedIn]], failed: Mapping[str, Sequence[str]]) -> list[AtWork]:
    """Where each pupil is. `rows` is what `last_rows` gives, `failed` has the failed checks of those attempts by the attempt's id."""
    return [_at_work(pupil, rows.get(pupil.id, ()), failed) for pupil in pupils]


def _last_row(mine: Sequence[T]) -> list[T]:
    row: list[T] = []
    for one in reversed(mine):
        if row and ((one.lesson_id, one.step) != (row[-1].lesson_id, row[-1].step) or _seconds(one.when_utc, row[-1].when_utc) > PAUSE_S):
            break
        row.append(one)
    return row[::-1]


def _at_work(pupil: Pupil, row: Sequence[HandedIn], failed: Mapping[str, Sequence[str]]) -> AtWork:
    if not row:
        return AtWork(pupil)
    last = row[-1]
    where = AtWork(pupil, last.lesson_id, last.step, last.outcome, last.when_utc, len(row))
    checks = failed.get(last.id, ())
    if last.outcome != "failed":
        return where
    check, since = checks[0] if checks else "", last
    for one in reversed(row):
        if one.outcome != "failed" or (check and check not in failed.get(one.id, ())):
            break
        since = one
    return msgspec.structs.replace(where, check=check, since_utc=since.when_utc)


def _seconds(earlier_utc: str, later_utc: str) -> float:
    return (datetime.datetime.fromisoformat(later_utc) - datetime.datetime.fromisoformat(earlier_utc)).total_seconds()
