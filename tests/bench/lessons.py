"""All lessons with all their programs in virtual time, against the time their steps take on a board in real time."""

from __future__ import annotations

from collections.abc import Iterator

from lovhe.apps import wiring
from lovhe.core.amounts import parse_duration_ms
from lovhe.core.lessons.programs import lesson_programs
from lovhe.services.lesson_trial import try_lessons

from tests.bench.table import Row, seconds


def rows() -> Iterator[Row]:
    """The real-time figure is the sum of the steps' delays, the least that a board needs; it is not waited for."""
    lessons = wiring.kit().lessons()
    runtime = wiring.runtime()
    real_s = 0.0
    count = 0
    for lesson in lessons:
        lessons_of = {step.id: lesson.judged_by(step) for step in lesson.file.step} | {"": lesson}
        for program in lesson_programs(lesson):
            count += 1
            checks = lessons_of[program.step].file.check
            real_s += sum(parse_duration_ms(step.delay) for check in checks for step in check.step) / 1000
    trials = []
    ours = seconds(lambda: trials.extend(try_lessons(lessons, wiring.virtual_bench, runtime)))
    wrong = [program.program.name for trial in trials for program in trial.programs if not program.right]
    assert not wrong, wrong
    yield Row(f"judge {count} programs of {len(lessons)} lessons", ours, "the steps' own time on one board", real_s)
