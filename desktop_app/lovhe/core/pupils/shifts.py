"""Two shifts at one PC: which of them it is, and whose classes are offered first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.pupil import SchoolClass, Shift

USUAL_BEGIN = "13:00"
"""When the second shift begins, where nobody has said."""

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


def check_begin(typed: str) -> str:
    """A moment of the day, "13:00", as somebody types it: 9.30 is 09:30. Raises `InputError`."""
    time = _TIME.fullmatch(typed.strip())
    if time is None:
        raise InputError(N_("“{typed}” is no time of the day.", typed=typed[:20]), N_("Write hours and minutes, like 13:00."))
    return f"{int(time[1]):02}:{time[2]}"


def shift_at(clock: str, begin: str) -> Shift:
    """The shift at that time, when the second one begins at `begin`; both as `check_begin` gives them."""
    return 2 if clock >= begin else 1


def is_here(school_class: SchoolClass, shift: Shift) -> bool:
    """Whether a class may be at school in that shift: also where nobody has said."""
    return not shift or school_class.shift in (0, shift)


def first_of_shift(classes: Sequence[SchoolClass], shift: Shift) -> list[SchoolClass]:
    """Those of that shift, then those of none, then those of the other one; else in their order."""
    return sorted(classes, key=lambda one: (bool(shift) and one.shift != shift, not is_here(one, shift)))
