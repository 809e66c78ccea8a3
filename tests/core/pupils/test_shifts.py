"""Two shifts: the clock says which one it is, and whose classes come first."""

from __future__ import annotations

import pytest
from lovhe.apps.workspace.signing_in import SigningIn
from lovhe.core.errors import InputError
from lovhe.core.pupils.pupil import Pupil, SchoolClass, Shift
from lovhe.core.pupils.shifts import check_begin, first_of_shift, shift_at


def _class(name: str, shift: Shift) -> SchoolClass:
    return SchoolClass(name, [Pupil(f"{name}-1", name, 1, "Aysel")], shift=shift)


CLASSES = [_class("5A", 2), _class("5B", 0), _class("9A", 1), _class("9B", 2)]


def test_the_second_shift_begins_with_its_minute() -> None:
    """Not a minute before; at midnight it is over."""
    assert [shift_at(clock, "13:00") for clock in ("00:00", "09:30", "12:59", "13:00", "23:59")] == [1, 1, 1, 2, 2]


def test_a_time_is_taken_as_people_write_it() -> None:
    """What is none is told."""
    assert [check_begin(typed) for typed in ("13:00", " 9.30 ", "23:59")] == ["13:00", "09:30", "23:59"]
    for typed in ("", "13", "24:00", "12:60", "13:00:00", "١٣:٠٠"):
        with pytest.raises(InputError, match="no time of the day"):
            check_begin(typed)


def test_classes_of_the_shift_come_first_and_all_others_behind() -> None:
    """Those of no shift stand between; without shifts nothing changes its place."""
    assert [one.name for one in first_of_shift(CLASSES, 1)] == ["9A", "5B", "5A", "9B"]
    assert [one.name for one in first_of_shift(CLASSES, 2)] == ["5A", "9B", "5B", "9A"]
    assert first_of_shift(CLASSES, 0) == CLASSES


def test_the_last_class_of_the_morning_is_not_chosen_in_the_afternoon() -> None:
    """It is of the other shift, and can be chosen all the same; one of no shift is still chosen already."""
    morning, afternoon = SigningIn(CLASSES, "9A", 1), SigningIn(CLASSES, "9A", 2)
    assert morning.school_class == CLASSES[2]
    assert afternoon.school_class is None
    afternoon.use_class("9A")
    assert afternoon.school_class == CLASSES[2]
    assert SigningIn(CLASSES, "5B", 2).school_class == CLASSES[1]
