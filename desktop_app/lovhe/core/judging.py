"""From evidence to verdicts: pure and deterministic, so that a stored run can be judged again."""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.core.evidence import Event
from lovhe.core.lesson import Lesson
from lovhe.core.program import ProgramProblem
from lovhe.core.report import Report


def judge(lesson: Lesson, source: str, events: Sequence[Event]) -> Report:
    """The verdict on a run of `source`. A source with a syntax error needs no events."""
    raise NotImplementedError


def syntax_report(lesson: Lesson, problem: ProgramProblem) -> Report:
    """The report on a program that cannot be compiled: a first check "syntax" failed, all others skipped."""
    raise NotImplementedError


def watched_gpios(lesson: Lesson) -> tuple[int, ...]:
    """GPIO numbers of the lesson's circuit, sorted: what the trace is told to sample."""
    return tuple(sorted({wire.gpio for part in lesson.wired.values() for wire in part.wires.values()}))
