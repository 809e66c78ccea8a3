"""Classes for tests, made as a teacher's list makes them."""

from __future__ import annotations

from collections.abc import Sequence

import uuid_utils
from lovhe.core.pupils.class_changes import listed_class
from lovhe.core.pupils.pupil import Pupil
from lovhe.core.pupils.roster_lists import Entry
from lovhe.services.ports.pupils import Roster


def add_pupils(roster: Roster, class_name: str, first_names: Sequence[str]) -> list[Pupil]:
    """New pupils, also where there are some of the same names; the class is made where it is not there yet. In the order of the names."""
    before = next((one for one in roster.classes() if one.name == class_name), None)
    present = [Entry(0, pupil.first_name) for pupil in before.pupils] if before is not None else []
    new = [Entry(0, name) for name in first_names]
    change = listed_class(before, class_name, present + new, lambda: str(uuid_utils.uuid7())).change
    roster.change([change])
    return change.added
