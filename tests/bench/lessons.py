"""All lessons with all their programs in virtual time, against the time their steps take on a board in real time."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.apps import wiring
from lovhe.core.amounts import parse_duration_ms
from lovhe.services.lesson_trial import try_lessons

from tests.bench.table import Row, seconds


def rows() -> Iterator[Row]:
    """The real-time figure is the sum of the steps' delays, the least that a board needs; it is not waited for."""
    lessons = wiring.kit().lessons()
    runtime = wiring.runtime()
    real_s = 0.0
    count = 0
    for lesson in lessons:
        programs = 1 + len(lesson.solutions) + len(lesson.wrong)
        count += programs
        real_s += programs * sum(parse_duration_ms(step.delay) for check in lesson.file.check for step in check.step) / 1000
    trials = []
    ours = seconds(lambda: trials.extend(try_lessons(lessons, wiring.virtual_bench, runtime)))
    assert all(trial.right for trial in trials), [trial.program for trial in trials if not trial.right]
    yield Row(f"judge {count} programs of {len(lessons)} lessons, 2 workers", ours, "the steps' own time on one board", real_s)
