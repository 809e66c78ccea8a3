"""The teacher's classmates in the practice class: the computer plays them, so that there is somebody who is stuck."""

from __future__ import annotations

from lovhe.apps import wiring
from lovhe.apps.attempts import record_attempt
from lovhe.apps.teaching.first_hour import LESSON
from lovhe.core.checks.judging import watched_gpios
from lovhe.core.pupils.pupil import SchoolClass
from lovhe.services.checking import check_program

_TRIED = (("never_off.py", "too_slow.py"), ("solution.py",))
"""What each of them hands in, one program after the other: files of the lesson."""


def play_classmates(school_class: SchoolClass) -> None:
    """Let each hand in programs for the lesson's goal, once: they are run and judged as all others are.

    Takes some seconds: not for the event loop. Raises `LovheError`.
    """
    lesson = wiring.kit().lesson(LESSON)
    lesson = lesson.judged_by(lesson.goal)
    programs = {wrong.name: wrong.source for wrong in lesson.wrong} | dict(lesson.solutions)
    mates = school_class.pupils[1:]
    with wiring.results() as store:
        if store.progress_of([pupil.id for pupil in mates]):
            return
        with wiring.virtual_bench(lesson) as (link, stage):
            for pupil, names in zip(mates, _TRIED, strict=True):
                for name in names:
                    report, events = check_program(
                        lesson, programs[name], link, stage, name=name, watch=watched_gpios(lesson), runtime=wiring.runtime()
                    )
                    record_attempt(store, lesson, report, events, board="virtual", program=programs[name], pupils=[pupil])
