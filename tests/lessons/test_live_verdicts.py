"""Of the kit's lessons on virtual boards: no verdict that is told while a program runs is another one at the end."""

from __future__ import annotations

import random

import pytest
from lovhe.apps import wiring
from lovhe.core.checks.evidence import Event
from lovhe.core.checks.judging import judge
from lovhe.core.checks.live_judging import LiveJudging
from lovhe.core.checks.report import CheckReport
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.programs import LessonProgram, lesson_programs
from lovhe.services.checking import check_program

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")

_HOST = ("step", "set", "look", "type", "over", "unseen")
_CUTS = 3


def _some_programs(lesson: Lesson) -> list[LessonProgram]:
    """The solution, and of the mistakes every fifth."""
    programs = lesson_programs(lesson)
    solution = next(program for program in programs if program.name == "solution.py")
    return [solution, *[program for program in programs if program.form == "wrong"][::5]]


def _told(lesson: Lesson, source: str, events: list[Event]) -> dict[str, CheckReport]:
    """All that was told by then; what was told once must stay."""
    live = LiveJudging(lesson, source)
    told: dict[str, CheckReport] = {}
    for event in events:
        if live.see(event):
            now = {report.id: report for report in live.verdicts}
            assert {check: now.get(check) for check in told} == told
            told = now
    return told


@pytest.mark.parametrize("lesson_id", [lesson.id for lesson in wiring.kit().lessons(broken=lambda _: None)])
def test_what_was_told_is_what_the_end_says(lesson_id: str) -> None:
    """Also if the board is pulled, or the program stops with an error, at any moment."""
    lesson = wiring.kit().lesson(lesson_id)
    dice = random.Random(lesson_id)
    told_early = 0
    with wiring.virtual_bench(lesson) as (link, stage):
        for program in _some_programs(lesson):
            judged = lesson.judged_by(lesson.step(program.step))
            events: list[Event] = []
            report, _ = check_program(judged, program.source, link, stage, runtime=wiring.runtime(), on_event=events.append)
            before_end = events[: next((number for number, event in enumerate(events) if event.kind == "over"), len(events))]
            told = _told(judged, program.source, before_end)
            told_early += len(told)
            assert told.items() <= {check.id: check for check in report.checks}.items(), program.name
            for cut in [dice.randrange(len(before_end)) for _ in range(_CUTS) if before_end]:
                _holds_whatever_comes(judged, program, before_end[:cut])
    assert told_early


def _holds_whatever_comes(lesson: Lesson, program: LessonProgram, events: list[Event]) -> None:
    told = _told(lesson, program.source, events)
    heard_ms = max((event.t_ms for event in events if event.kind not in _HOST), default=0)
    ends = [Event(heard_ms, "gone", [])]
    if not any(event.kind == "end" for event in events):  # the last that a board tells
        ends += [Event(heard_ms, "lost", [2]), Event(heard_ms, "end", ["error", "ValueError", "no", 1])]
    for end in ends:
        final = {check.id: check for check in judge(lesson, program.source, [*events, end]).checks}
        assert told.items() <= final.items(), (program.name, end.kind)
