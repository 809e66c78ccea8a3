"""Who is about to sit down: the class that is looked at, what is searched for, and who has been chosen so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from lovhe.core.pupils.group import MOST_PUPILS, Group
from lovhe.core.pupils.pupil import Pupil, SchoolClass, Shift
from lovhe.core.pupils.search import find_pupils
from lovhe.core.pupils.shifts import first_of_shift, is_here

Chosen = Literal["chosen", "taken off", "full"]
"""What came of naming a pupil: they are in the group now, or no more, or the group has three already."""


class SigningIn:
    """The choice of a group. The only class there is, or the last one that was used here, is chosen already.

    Classes of the shift that it is stand first, and one of the other shift is not chosen already; 0 for no shifts.
    """

    def __init__(self, classes: Sequence[SchoolClass], last_class: str = "", shift: Shift = 0) -> None:
        self.classes = first_of_shift([one for one in classes if one.pupils and not one.has_left], shift)
        self.shift = shift
        self.chosen: list[Pupil] = []
        self.typed = ""
        likely = [one for one in self.classes if (one.name == last_class and is_here(one, shift)) or len(self.classes) == 1]
        self.school_class: SchoolClass | None = likely[0] if likely else None

    def use_class(self, name: str) -> None:
        """Look at another class. Who is chosen stays chosen: a group may come from two classes."""
        self.school_class = next(one for one in self.classes if one.name == name)
        self.typed = ""

    @property
    def found(self) -> list[Pupil]:
        """The pupils of the class whom `typed` may mean; while nothing is typed, those of the same group as who is chosen come first."""
        if self.school_class is None:
            return []
        found = find_pupils(self.school_class.pupils, self.typed)
        groups = {(pupil.class_name, pupil.group) for pupil in self.chosen if pupil.group}
        return found if self.typed.strip() else sorted(found, key=lambda pupil: (pupil.class_name, pupil.group) not in groups)

    @property
    def full(self) -> bool:
        """Whether nobody more can be chosen."""
        return len(self.chosen) >= MOST_PUPILS

    def asks_for(self, pupil: Pupil) -> bool:
        """Whether the pupil has to show who they are before being chosen."""
        return pupil not in self.chosen and not self.full and self._class_of(pupil).secret_kind != "none"

    def kind_for(self, pupil: Pupil) -> Literal["pin", "pictures"]:
        """How the pupil shows it."""
        return "pictures" if self._class_of(pupil).secret_kind == "pictures" else "pin"

    def name(self, pupil: Pupil) -> Chosen:
        """Choose a pupil, or take off one who is chosen. What was searched for is done with."""
        self.typed = ""
        if pupil in self.chosen:
            self.chosen.remove(pupil)
            return "taken off"
        if self.full:
            return "full"
        self.chosen.append(pupil)
        return "chosen"

    @property
    def guarded(self) -> bool:
        """Whether one of those who are chosen has shown a secret."""
        return any(self._class_of(pupil).secret_kind != "none" for pupil in self.chosen)

    def group(self) -> Group:
        """The group that was chosen."""
        return Group(pupils=tuple(self.chosen))

    def _class_of(self, pupil: Pupil) -> SchoolClass:
        return next(one for one in self.classes if one.name == pupil.class_name)
