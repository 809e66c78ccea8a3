"""A virtual board whose surroundings change as a pupil's hands change them: when asked, a second or two later, and by no clock.

In virtual time, and on a virtual board in real time, a step's change is made at the very moment in which the step begins. A
pupil reads the request first. A lesson whose checks rest on how soon that is cannot be passed at a real board: here its
writer finds out without one.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping

from lovhe.adapters.manual_stage import PATIENCE_S, ManualStage
from lovhe.core.checks.check_steps import Step
from lovhe.core.checks.step_course import Change, course
from lovhe.core.circuits.hardware import Part
from lovhe.core.circuits.surroundings import default_value, quantities, read_setting, show_value
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.messages import Text
from lovhe.services.ports import Stage

READS_S = (0.7, 2.5)
"""So long, at least and at most, a pupil takes from the request to the deed."""

_HAND = (0.8, 1.5)  # how much slower a hand goes to and fro than the lesson says


class PacedPupil(ManualStage):
    """Asks as a real board's stage does, and does it, too: at `board`, a virtual one in real time, after `takes_s()` each time."""

    def __init__(
        self,
        lesson: Lesson,
        parts: Mapping[str, Part],
        board: Stage,
        takes_s: Callable[[], float] = lambda: random.uniform(*READS_S),
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._nods = _Nods(takes_s)
        super().__init__(lesson, parts, "en", self._heard, patience_s, self._nods)
        self._board = board
        self._takes_s = takes_s
        self._plan: list[Change] = []
        self._due: list[tuple[float, Change]] = []

    def begin(self) -> None:
        """A program is about to start; what the last one's pupil did is undone."""
        self._due.clear()
        circuit = self._lesson.file.circuit
        known = quantities(self._parts, circuit)
        for part_id, value in self._first_values().items():
            setting = read_setting(self._parts, circuit, part_id, value)
            quantity = known[f"{setting.part_id}.{setting.quantity_id}"]
            self._board.set(part_id, show_value(quantity, default_value(quantity)))
        super().begin()

    def set(self, part_id: str, value: str) -> None:
        """Ask for it, if it is not so already, and plan it, with what the same words of the same step ask of other parts."""
        words = self._words(part_id, value)
        steps = [step.set for check in self._lesson.file.check for step in check.step if step.set.get(part_id) == value]
        at_once = {part: wanted for one in steps[:1] for part, wanted in one.items() if self._words(part, wanted) == words}
        self._plan = [Change(0, part, wanted) for part, wanted in (at_once | {part_id: value}).items()]
        super().set(part_id, value)
        if self._questioned:  # nothing tells: they say yes when they have done it
            self._heard("")

    def move(self, part_id: str, how: str, step: Step) -> None:
        """Ask for it and plan it, as the hand goes."""
        slower = random.uniform(*_HAND)
        changes = course(step, self._parts, self._lesson.file.circuit)
        self._plan = [Change(change.at_ms * slower, change.part, change.value) for change in changes if change.part == part_id]
        super().move(part_id, how, step)
        if self._questioned:  # no pin tells: they say yes when they begin
            self._heard("")

    def reached(self) -> bool:
        """Whether the time is over; the hands go on meanwhile."""
        self._act()
        return super().reached()

    def answer(self) -> bool | None:
        """Whether it was done; the hands go on meanwhile."""
        self._act()
        return super().answer()

    def end(self) -> None:
        """The program is over; the hands rest."""
        self._due.clear()

    def _heard(self, _: str) -> None:
        begin_s = time.monotonic() + self._takes_s()
        self._nods.ready_s = begin_s
        moved = {change.part for change in self._plan}
        self._due = [
            (due_s, change) for due_s, change in self._due if change.part not in moved or due_s < begin_s
        ]  # no hand does two things
        self._due += [(begin_s + change.at_ms / 1000, change) for change in self._plan]

    def _act(self) -> None:
        while self._due and self._due[0][0] <= time.monotonic():
            _, change = self._due.pop(0)
            self._board.set(change.part, change.value)

    def _first_values(self) -> dict[str, str]:
        """What the lesson's steps change, each with a value that it may have."""
        steps = [step for check in self._lesson.file.check for step in check.step]
        values = {part_id: value for step in steps for part_id, value in step.set.items()}
        for step in steps:
            values |= {change.part: change.value for change in course(step, self._parts, self._lesson.file.circuit)}
        return values


class _Nods:
    """Answers each question with yes, after a while."""

    def __init__(self, takes_s: Callable[[], float]) -> None:
        self._takes_s = takes_s
        self.ready_s = 0.0

    def ask(self, question: Text) -> None:
        self.ready_s = time.monotonic() + self._takes_s()

    def answer(self) -> bool | None:
        return True if time.monotonic() >= self.ready_s else None
