"""How long attempts are kept, and who is past that time."""

from __future__ import annotations

import datetime

import pytest
from lovhe.apps.teaching.retention import check_months, months_before, past_time
from lovhe.core.errors import InputError
from lovhe.core.pupils.pupil import Pupil, SchoolClass

OLD, SINCE, NEW = "2024-05-20T08:00:00+00:00", "2024-11-23T08:00:00+00:00", "2026-05-20T08:00:00+00:00"


def _class(name: str, *ids: str, has_left: bool = True) -> SchoolClass:
    return SchoolClass(name, [Pupil(one, name, number, one) for number, one in enumerate(ids, 1)], has_left=has_left)


def test_a_class_is_past_its_time_when_the_newest_attempt_of_all_is() -> None:
    """Nobody of a class that is still at school, whatever the age of the attempts; all of one that has left, also who never tried."""
    classes = [
        _class("8A", "at-school", has_left=False),
        _class("11A2024", "a", "b", "never"),
        _class("11B2024", "c", "late"),
    ]
    newest = {"at-school": OLD, "a": OLD, "b": OLD, "c": OLD, "late": NEW}
    assert [(one.pupil.id, one.newest_utc) for one in past_time(classes, newest, SINCE)] == [("a", OLD), ("b", OLD), ("never", "")]


def test_a_list_that_nobody_has_worked_on_is_as_old_as_its_ids() -> None:
    """A UUIDv7 tells when it was made: these in May 2024 and in May 2026."""
    old, new = "018f9481-8c00-7000-8000-000000000000", "019e4460-5000-7000-8000-000000000000"
    found = past_time([_class("11A2024", old), _class("11A2026", new), _class("11B2026", old, new)], {}, SINCE)
    assert [one.pupil.class_name for one in found] == ["11A2024"]


@pytest.mark.parametrize(
    ("now", "months", "before"),
    [("2026-11-23", 24, "2024-11-23"), ("2026-03-31", 1, "2026-02-28"), ("2026-01-15", 1, "2025-12-15"), ("2024-02-29", 12, "2023-02-28")],
)
def test_months_are_those_of_the_calendar(now: str, months: int, before: str) -> None:
    """Also over the end of a year and a short month."""
    assert months_before(datetime.datetime.fromisoformat(now), months) == datetime.datetime.fromisoformat(before)


@pytest.mark.parametrize("months", [0, -3, 121])
def test_a_time_that_cannot_be_meant_is_refused(months: int) -> None:
    """Nought months would erase what was done this morning."""
    with pytest.raises(InputError, match="from 1 to 120"):
        check_months(months)
