"""Which checks of a lesson prove little, by what became of its programs: checks that catch nobody, or let a mere talker through."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from lovhe.core.amounts import parse_amount
from lovhe.core.checks.report import Report
from lovhe.core.lessons.lesson import Check, ExpectReading, ExpectText, Lesson, Step
from lovhe.core.lessons.programs import LessonProgram
from lovhe.core.messages import N_, Message

Weak = Literal["never-failed", "uncaught", "prints-only", "only-off"]

_DEEDS = (
    "expect_pin",
    "expect_order",
    "expect_tune",
    "expect_pixels",
    "expect_display",
    "expect_device",
    "expect_reading",
    "expect_use",
    "expect_look",
)
_ANY_NUMBER = 20.0


class WeakCheck(msgspec.Struct, frozen=True):
    """A check that proves little, and of which kind its weakness is."""

    check: str
    kind: Weak

    @property
    def what(self) -> Message:
        """What is the matter."""
        match self.kind:
            case "never-failed":
                return N_("The check “{check}” fails in no program of the lesson.", check=self.check)
            case "uncaught":
                return N_("No wrong program is caught by the check “{check}”.", check=self.check)
            case "prints-only":
                return N_("A program that only prints passes the check “{check}”.", check=self.check)
            case "only-off":
                return N_("It only wants things off: a program that does nothing passes the check “{check}”.", check=self.check)

    @property
    def mend(self) -> Message:
        """What an author can do about it."""
        match self.kind:
            case "never-failed" | "uncaught":
                return N_("Write a mistake that only this check sees into wrong/, or leave the check out.")
            case "prints-only":
                return N_("Let it look at a pin or a part as well, or name with `needs` the check that it builds on.")
            case "only-off":
                return N_(
                    "Write an earlier check in which the thing has to happen, and name it with `needs`; or ask for it in a step before."
                )


def weak_checks(lesson: Lesson, done: Sequence[tuple[LessonProgram, Report]], printing: Report | None) -> list[WeakCheck]:
    """The weak checks in the lesson's order. `done` are its programs' reports, `printing` that of `printing_program`.

    Checks of other steps than the goal have no mistakes to catch; that they refuse what those steps begin with is proved anyway.
    """
    failed = {check.id for _, report in done for check in report.checks if check.outcome == "failed"}
    first = {next((check.id for check in report.checks if check.outcome == "failed"), "") for program, report in done if program.caught_by}
    passed = {check.id for check in printing.checks if check.outcome == "passed"} if printing is not None else set()
    goals = {check.id for check in lesson.judged_by(lesson.goal).file.check}
    found: list[WeakCheck] = []
    for check in lesson.file.check:
        if check.id in goals and check.id not in first:
            found.append(WeakCheck(check.id, "uncaught" if check.id in failed else "never-failed"))
        if check.id in passed and _looks_at_deeds(check):
            found.append(WeakCheck(check.id, "only-off" if _wants_nothing(check) else "prints-only"))
    return found


def _looks_at_deeds(check: Check) -> bool:
    """Whether anything but printed text is expected: for a check of texts alone, a program that prints them is right."""
    return any(getattr(step, key) for step in check.step for key in _DEEDS)


def _wants_nothing(check: Check) -> bool:
    """Whether a program passes by doing nothing: what the talker has passed, although nothing that it prints was asked for."""
    return not any(step.expect_reading or any(_is_wished(text) for text in step.expect_text) for step in check.step)


def printing_program(lesson: Lesson) -> str:
    """A program that prints whatever the lesson's checks would like to read, again and again, and does nothing else."""
    wishes = dict.fromkeys(_wishes(step for check in lesson.file.check for step in check.step))
    lines = [f"    print({wish!r})" for wish in wishes] or ["    print('on')"]
    return "\n".join(["import time", "while True:", *lines, "    time.sleep(0.5)", ""])


def _wishes(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        yield from (text.contains for text in step.expect_text if _is_wished(text))
        yield from (f"{reading.name}: {_number(reading):g}" for reading in step.expect_reading)


def _is_wished(text: ExpectText) -> bool:
    return text.count is None or text.count.strip() != "0"


def _number(reading: ExpectReading) -> float:
    """A value that lies in the reading's range."""
    if reading.range is None:
        return _ANY_NUMBER
    amount = parse_amount(reading.range)
    ends = [end for end in (amount.low, amount.high) if math.isfinite(end)]
    return sum(ends) / len(ends) if ends else _ANY_NUMBER
