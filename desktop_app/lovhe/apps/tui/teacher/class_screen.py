"""What the screens about one class have in common: which class it is, and reading in a thread what there is to show of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Generic, TypeVar

from lovhe.apps.language import key
from lovhe.apps.teaching.class_progress import classes_here
from lovhe.apps.tui.teacher.base import TeacherScreen
from lovhe.apps.tui.teacher.class_choice import ClassChoice, likely_class
from lovhe.core.errors import LovheError
from lovhe.core.messages import N_, Text
from lovhe.core.pupils.pupil import SchoolClass

Found = TypeVar("Found")

ANOTHER_CLASS = key("Another class")
NUMBER = "№"
"""What stands above pupils' numbers."""


class ClassScreen(TeacherScreen, Generic[Found]):
    """`found` is what was read of `school_class`; both are None until then, and where there is no class. Subclasses `read` and `show`.

    `reads` while something is being read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.offered: list[SchoolClass] | None = None
        self.school_class: SchoolClass | None = None
        self.found: Found | None = None
        self.problem: LovheError | None = None
        self.reads = False
        self._asked = 0

    def classes_to_choose(self) -> list[SchoolClass]:
        """Called in a thread. Raises `LovheError`."""
        return classes_here()

    def read(self, school_class: SchoolClass) -> Found:
        """Called in a thread. Raises `LovheError`."""
        raise NotImplementedError

    def show(self) -> None:
        """Draw what there is; also while nothing was read yet."""
        raise NotImplementedError

    def look(self) -> None:
        """Read all anew. What was asked for before and comes later is not shown any more."""
        self._asked += 1
        self.reads = True
        last = self.teaching.class_name or self.lovhe.desk.class_name
        self.run_worker(partial(self._read, self._asked, last), thread=True, exit_on_error=False)

    def _read(self, asked: int, last: str) -> None:
        offered, chosen, found, problem = self.offered, None, None, None
        try:
            offered = self.classes_to_choose()
            chosen = likely_class(offered, last)
            found = self.read(chosen) if chosen is not None else None
        except LovheError as met:
            problem = met
        self.lovhe.call_from_thread(self._known, asked, offered, chosen, found, problem)

    def _known(
        self,
        asked: int,
        offered: list[SchoolClass] | None,
        chosen: SchoolClass | None,
        found: Found | None,
        problem: LovheError | None,
    ) -> None:
        if asked == self._asked and self.is_attached and self.lovhe.teaching is not None:
            self.reads = False
            self.offered, self.school_class, self.found, self.problem = offered, chosen, found, problem
            self.show()

    def action_another_class(self) -> None:
        """F3."""
        if self.offered:
            self.lovhe.push_screen(ClassChoice(self.offered, self._use_class))

    def _use_class(self, school_class: SchoolClass) -> None:
        self.teaching.class_name = school_class.name
        self.school_class = self.found = None
        self.show()
        self.look()

    def why_empty(self) -> Sequence[Text]:
        """What to tell while there is nothing to show."""
        if self.problem is not None:
            return [self.problem.what, self.problem.next_step]
        if self.offered is None or self.offered:
            return [N_("One moment …")]
        return [N_("There is no class on this computer yet. “Class lists” in the menu (F2) adds one.")]
