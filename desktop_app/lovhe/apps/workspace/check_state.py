"""How the checks of the step in view stand: what the pane of checks shows. It outlives the pane, as the language can change at any time."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Literal

import msgspec

from lovhe.apps.language import key
from lovhe.apps.workspace.hints import Hints
from lovhe.apps.workspace.told import Asked
from lovhe.core.checks.judging import check_title
from lovhe.core.checks.report import CheckReport, Report
from lovhe.core.errors import LovheError
from lovhe.core.lessons.answer_report import ANSWER, question_of
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import ANSWERED, LessonStep
from lovhe.core.messages import N_, Localized, Text

RowState = Literal["waiting", "running", "seen", "passed", "failed", "unclear", "skipped"]
"""`seen`: its time is over, and its verdict comes as soon as it is certain."""

Phase = Literal["before", "running", "answer", "over", "stopped", "broken"]
"""Nothing was checked yet; a check goes on; an answer is wanted; it is over; somebody stopped it; it could not be done."""


class CheckRow(msgspec.Struct):
    """One check: `report` as soon as there is a verdict, `hints` are how many of its hints are shown, of `allowed`."""

    id: str
    title: Text | str
    state: RowState = "waiting"
    report: CheckReport | None = None
    hints: int = 0
    allowed: int = 0

    @property
    def hints_left(self) -> int:
        """How many more there are."""
        return self.allowed - self.hints


class CheckState:
    """The checks of one step. `hints` outlive it."""

    def __init__(self, lesson: Lesson, step: LessonStep | None, hints: Hints) -> None:
        self.lesson, self.step = lesson, step
        self.phase: Phase = "before"
        self.rows = rows_of(lesson, step)
        self.report: Report | None = None
        self.problem: LovheError | None = None
        self.not_kept: LovheError | None = None
        self.doing: Text | None = None
        self.done = self.total = 0
        self.asked: Asked | None = None
        self.asked_s = 0.0
        self.newest = ""
        self._hints = hints

    @property
    def goes_on(self) -> bool:
        """Whether something is being checked."""
        return self.phase == "running"

    def begins(self) -> None:
        """A check begins."""
        self.phase, self.rows = "running", rows_of(self.lesson, self.step)
        self.report = self.problem = self.not_kept = self.doing = self.asked = None
        self.done = self.total = 0
        self.newest = ""

    def busy(self, what: Text, done: int, total: int) -> None:
        """How far it is."""
        self.doing, self.done, self.total = what, done, total

    def judged(self, verdicts: Sequence[CheckReport], now: str) -> None:
        """Some verdicts are certain, and `now` runs."""
        for verdict in verdicts:
            row = self._row(verdict.id)
            if row is not None and row.report is None:
                self._decide(row, verdict)
                self.newest = row.id
        before = any(row.id == now for row in self.rows)
        for row in self.rows:
            if row.id == now:
                before = False
            if row.report is None:
                seen = before or (not now and row.state in ("running", "seen"))
                row.state = "running" if row.id == now else "seen" if seen else "waiting"
                self.newest = row.id if row.id == now else self.newest

    def ask(self, asked: Asked) -> None:
        """Somebody is to do or say something."""
        self.asked, self.asked_s = asked, time.monotonic()

    def noticed(self) -> None:
        """What was asked for is done, or too late."""
        self.asked = None

    @property
    def seconds_left(self) -> int:
        """How long somebody still has for what is asked."""
        return max(0, round(self.asked.seconds - (time.monotonic() - self.asked_s))) if self.asked is not None else 0

    def wants_answer(self) -> None:
        """The program ran as it should; the pupil's answer is missing."""
        self.phase, self.asked = "answer", None
        for row in self.rows:
            row.state = "waiting"

    def over(self, report: Report, not_kept: LovheError | None) -> None:
        """The last word."""
        self.phase, self.report, self.not_kept, self.asked = "over", report, not_kept, None
        titles: dict[str, Text | str] = {row.id: row.title for row in self.rows}
        self.rows = []
        for check in report.checks:
            row = CheckRow(check.id, check.title or titles.get(check.id, _other_title(check.id)))
            self.rows.append(row)
            self._decide(row, check)
        first = self.first_failed
        self.newest = first.id if first is not None else self.rows[-1].id if self.rows else ""

    def stopped(self) -> None:
        """Somebody stopped it."""
        self.phase, self.asked = "stopped", None
        self._forget_what_ran()

    def broke(self, problem: LovheError) -> None:
        """It could not be done."""
        self.phase, self.problem, self.asked = "broken", problem, None
        self._forget_what_ran()

    @property
    def first_failed(self) -> CheckRow | None:
        """The check that is to be mended first."""
        return next((row for row in self.rows if row.state == "failed"), None)

    @property
    def more_hints(self) -> bool:
        """Whether F7 has something to show."""
        first = self.first_failed
        return first is not None and first.hints_left > 0

    @property
    def hint_wait_s(self) -> float:
        """How long it still has to wait."""
        row = self.first_failed
        return self._hints.wait_s(row.id) if row is not None and row.hints_left > 0 else 0.0

    def next_hint(self) -> bool:
        """Show one more hint of the first check that failed; False where there is none, or it has to wait."""
        row = self.first_failed
        if row is None or row.hints_left <= 0 or self.hint_wait_s > 0:
            return False
        row.hints += 1
        self._hints.take(row.id, row.hints)
        self.newest = row.id
        return True

    @property
    def why_no_hint(self) -> Text:
        """What to say instead of a hint."""
        row = self.first_failed
        if self.goes_on:
            return N_("Wait until the check is over.")
        if row is not None and row.hints_left > 0:
            return _wait(self.hint_wait_s)
        if row is not None and row.report is not None and row.allowed < len(row.report.hints):
            return _no_more_allowed(row.allowed)
        if row is not None and row.hints:
            return N_("There are no more hints for this. Read them once more, or ask your teacher.")
        if row is not None:
            return N_("There are no hints for this. Read what was expected and what was seen.")
        if self.phase == "over" and self.report is not None and self.report.outcome == "passed":
            return N_("Everything has passed: no hint is needed.")
        return N_("Hints come after a check. Press F6 first.")

    def _decide(self, row: CheckRow, verdict: CheckReport) -> None:
        row.report = verdict
        row.state = verdict.outcome
        if verdict.outcome == "failed":
            self._hints.failed(row.id)
            row.allowed = self._hints.rule.allowed(len(verdict.hints))
            row.hints = self._hints.shown(row.id, len(verdict.hints))
        elif verdict.outcome == "passed":
            self._hints.passed(row.id)

    def _row(self, check_id: str) -> CheckRow | None:
        return next((row for row in self.rows if row.id == check_id), None)

    def _forget_what_ran(self) -> None:
        for row in self.rows:
            if row.state in ("running", "seen"):
                row.state = "waiting"


def rows_of(lesson: Lesson, step: LessonStep | None) -> list[CheckRow]:
    """What is checked in the step, before anything is."""
    if step is not None and step.kind == "read":
        return []
    if step is not None and step.kind == "wire":
        return [
            CheckRow(wired.id, Localized(wired.part.names)) for wired in lesson.wired.values() if not step.parts or wired.id in step.parts
        ]
    if step is not None and step.kind in ANSWERED:
        return [CheckRow(ANSWER, question_of(lesson, step))]
    return [CheckRow(check.id, check_title(lesson, check)) for check in lesson.judged_by(step).file.check]


def _wait(seconds: float) -> Text:
    minutes = math.ceil(seconds / 60)
    if minutes > 1:
        return N_(
            "Try it yourselves first: the next hint is there in {n} minute.",
            "Try it yourselves first: the next hint is there in {n} minutes.",
            n=minutes,
        )
    return N_(
        "Try it yourselves first: the next hint is there in {n} second.",
        "Try it yourselves first: the next hint is there in {n} seconds.",
        n=max(1, math.ceil(seconds)),
    )


def _no_more_allowed(allowed: int) -> Text:
    if not allowed:
        return N_("Your teacher has switched the hints off. Read what was expected and what was seen.")
    return N_(
        "There is {n} hint for each check, and you have it. Read it once more, or ask your teacher.",
        "There are {n} hints for each check, and you have them. Read them once more, or ask your teacher.",
        n=allowed,
    )


def _other_title(check_id: str) -> str:
    return key("The program's text") if check_id == "syntax" else check_id
