"""One lesson that is being written: what is to be mended in it, and what its tests and its mutation have come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from lovhe.core.lessons.lint.findings import count_errors
from lovhe.core.messages import N_, Text
from lovhe.services.lesson_mutation import LessonMutation, score

if TYPE_CHECKING:
    from lovhe.adapters.lesson_packs.lesson_places import LessonPlace
    from lovhe.apps.writing.lesson_files import Stamp
    from lovhe.core.errors import LovheError
    from lovhe.core.lessons.lint.finding import Finding
    from lovhe.services.lesson_trial import LessonTrial

Sign = Literal["fine", "wrong", "pity", "busy", "unknown", "old"]
"""How a cell stands: all is well; something is wrong; something is a pity; it is being found out; nobody has asked; files have changed."""

Cell = tuple[Sign, Text]


class Outcome(msgspec.Struct):
    """What came of the tests or the mutation of a lesson whose files stood so; `problem` is why nothing could be told."""

    stamp: Stamp
    trial: LessonTrial | None = None
    mutation: LessonMutation | None = None
    problem: LovheError | None = None


class WrittenLesson:
    """A lesson of the writer's. Threads put in what they have found out; whoever shows it looks again and again.

    `findings` are None until it was looked at for the first time. `busy` is what is being done with it now, and how far that is.
    """

    def __init__(self, place: LessonPlace) -> None:
        self.place = place
        self.id = place.id
        self.stamp: Stamp | None = None
        self.findings: list[Finding] | None = None
        self.problem: LovheError | None = None
        self.tests: Outcome | None = None
        self.mutation: Outcome | None = None
        self.busy: tuple[Literal["tests", "mutation"], int, int] | None = None

    @property
    def errors(self) -> int:
        """How many errors lint has found; a lesson that cannot be read is one."""
        return count_errors(self.findings or ()) + (self.problem is not None)

    @property
    def warnings(self) -> int:
        """How many warnings."""
        return len(self.findings or ()) - count_errors(self.findings or ())

    def is_old(self, outcome: Outcome) -> bool:
        """Whether programs or checks have changed since; texts judge nothing."""
        return self.stamp is not None and judged(outcome.stamp) != judged(self.stamp)

    @property
    def lint_cell(self) -> Cell:
        """What lint says."""
        if self.problem is not None:
            return "wrong", N_("cannot be read")
        if self.findings is None:
            return "busy", N_("being looked at")
        errors, warnings = self.errors, self.warnings
        if errors and warnings:
            told = N_("{n} error", "{n} errors", n=errors), N_("{n} warning", "{n} warnings", n=warnings)
            return "wrong", N_("{errors}, {warnings}", errors=told[0], warnings=told[1])
        if errors:
            return "wrong", N_("{n} error", "{n} errors", n=errors)
        if warnings:
            return "pity", N_("{n} warning", "{n} warnings", n=warnings)
        return "fine", N_("nothing to mend")

    @property
    def tests_cell(self) -> Cell:
        """How many programs were judged as they should be."""
        if self.busy is not None and self.busy[0] == "tests":
            return _counting(*self.busy[1:])
        if self.tests is None:
            return "unknown", N_("not run")
        trial = self.tests.trial
        if trial is None:
            return "wrong", N_("could not run")
        right, count = sum(program.right for program in trial.programs), len(trial.programs)
        sign: Sign = "wrong" if right < count else "pity" if trial.weak else "fine"
        return "old" if self.is_old(self.tests) else sign, N_("{done} of {total}", done=right, total=count)

    @property
    def mutation_cell(self) -> Cell:
        """The share of changes that were caught."""
        if self.busy is not None and self.busy[0] == "mutation":
            return _counting(*self.busy[1:])
        if self.mutation is None:
            return "unknown", N_("not run")
        done = self.mutation.mutation
        if done is None:
            return "wrong", N_("could not run")
        own = score([done])
        if own.percent is None:
            told: Text = N_("no changes")
        else:
            told = N_("{percent:.0f} % caught", percent=float(int(own.percent)))
        sign: Sign = "wrong" if done.unfit else "pity" if done.count("survived", "unclear") else "fine"
        return "old" if self.is_old(self.mutation) else sign, told


def judged(stamp: Stamp) -> Stamp:
    """The part of a stamp on which verdicts rest."""
    return tuple(one for one in stamp if not one[0].endswith(".md"))


def _counting(done: int, total: int) -> Cell:
    return ("busy", N_("{done} of {total}", done=done, total=total)) if total else ("busy", N_("beginning"))
