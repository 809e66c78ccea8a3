"""What judging gives back: one verdict a check, in words and values, ready to be stored, shown or printed as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from lovhe.core.decoding import decode_json
from lovhe.core.messages import Text, revive

Outcome = Literal["passed", "failed", "skipped", "unclear"]


class CheckReport(msgspec.Struct, frozen=True):
    """The verdict on one check. `points` are those earned, `total` those it is worth; `hints` go from a nudge to nearly the code.

    `after` is what the lesson says after an answer, right or wrong.
    """

    id: str
    outcome: Outcome
    expected: Text
    seen: Text
    hints: list[Text] = []
    points: int = 0
    total: int = 0
    title: Text | None = None
    after: Text | None = None

    @property
    def hint(self) -> Text | None:
        """The first hint, or None when there is nothing to hint at."""
        return self.hints[0] if self.hints else None


class Report(msgspec.Struct, frozen=True):
    """The verdict on a whole program: failed if any check failed, else unclear if any is unclear, else passed.

    `step` is the id of the lesson's step that was judged; "" where the lesson has no steps.
    """

    lesson: str
    outcome: Outcome
    points: int
    total: int
    checks: list[CheckReport]
    step: str = ""


def make_report(lesson_id: str, checks: list[CheckReport], step: str = "") -> Report:
    """Add up the checks' verdicts and points."""
    outcomes = {check.outcome for check in checks}
    outcome: Outcome = "failed" if "failed" in outcomes else "unclear" if "unclear" in outcomes else "passed"
    return Report(lesson_id, outcome, sum(c.points for c in checks), sum(c.total for c in checks), checks, step)


def report_json(report: Report, render: Callable[[Text], str]) -> dict[str, Any]:
    """The object `lovhe check --json` prints, its sentences put into a language by `render`."""
    return {
        "lesson": report.lesson,
        "step": report.step,
        "outcome": report.outcome,
        "points": report.points,
        "total": report.total,
        "checks": [
            {
                "id": check.id,
                "outcome": check.outcome,
                "expected": render(check.expected),
                "seen": render(check.seen),
                "hint": render(check.hint) if check.hint is not None else None,
            }
            for check in report.checks
        ],
    }


def encode_report(report: Report) -> bytes:
    """A report as JSON, for storing: sentences stay untranslated."""
    return msgspec.json.encode(report)


def decode_report(data: bytes) -> Report:
    """The inverse of `encode_report`. Raises `msgspec.DecodeError` on anything else."""
    report = decode_json(data, Report)
    return msgspec.structs.replace(report, checks=[_with_nested_texts(check) for check in report.checks])


def _with_nested_texts(check: CheckReport) -> CheckReport:
    return msgspec.structs.replace(
        check, expected=revive(check.expected), seen=revive(check.seen), hints=[revive(hint) for hint in check.hints]
    )
