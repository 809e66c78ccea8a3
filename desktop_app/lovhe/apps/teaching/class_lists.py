"""The classes of this PC as a teacher changes them; what was written is read back before anybody says that it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from lovhe.apps import wiring
from lovhe.core.boards.names import check_class_name
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.class_changes import ClassChange
from lovhe.core.pupils.class_edits import added
from lovhe.core.pupils.first_names import check_first_name
from lovhe.core.pupils.pupil import Pupil, SchoolClass, SecretKind, looks_like
from lovhe.core.pupils.shifts import USUAL_BEGIN
from lovhe.services.ports.pupils import Roster


class Classes(msgspec.Struct, frozen=True):
    """All classes, those that have left at the end; when the second shift begins; the ids of pupils who have chosen a secret."""

    all: list[SchoolClass] = []
    second_shift: str = USUAL_BEGIN
    with_secret: set[str] = set()

    @property
    def at_school(self) -> list[SchoolClass]:
        """Those that have not left."""
        return [one for one in self.all if not one.has_left]

    def called(self, name: str) -> SchoolClass | None:
        """The class of that name."""
        return next((one for one in self.all if one.name == name), None)


def read_classes() -> Classes:
    """As they are on the disk. Not for the event loop. Raises `ResultsError`."""
    return write_classes(lambda roster: None)


def write_classes(change: Callable[[Roster], object]) -> Classes:
    """Do what `change` does, and read what is on the disk then. Not for the event loop. Raises `LovheError`; then nothing is changed."""
    with wiring.results() as store:
        roster = store.roster()
        change(roster)
        classes = sorted(roster.classes(), key=lambda one: one.has_left)
        return Classes(classes, roster.second_shift(), roster.with_secret())


def free_class_name(classes: Sequence[SchoolClass], typed: str, own: SchoolClass | None = None) -> str:
    """A name for a class, new or for `own`. Raises `InputError` where it is none, or another class has one that looks like it."""
    wanted = check_class_name(typed)
    if any(looks_like(one.name, wanted) for one in classes if one is not own):
        raise InputError(N_("There is a class {name} already.", name=wanted), N_("Choose another name."))
    return wanted


def new_class(classes: Sequence[SchoolClass], typed: str, secret_kind: SecretKind = "none") -> ClassChange:
    """A class without pupils. Raises `InputError`."""
    return ClassChange(None, SchoolClass(free_class_name(classes, typed), [], secret_kind))


def with_new_pupils(school_class: SchoolClass, typed: str) -> ClassChange:
    """First names, with commas between them, get the next numbers. Raises `InputError`, also where there is none."""
    import uuid_utils

    after = school_class
    for name in [name for name in typed.split(",") if name.strip()] or [""]:
        after = added(after, Pupil(str(uuid_utils.uuid7()), after.name, 0, check_first_name(name))).after
    return ClassChange(school_class, after)
