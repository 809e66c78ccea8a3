"""On a board in real time a lesson's programs get the verdicts of virtual time, and a difference is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lovhe.adapters.board_link import ReplLink
from lovhe.adapters.paced_pupil import PacedPupil
from lovhe.apps import wiring
from lovhe.core.checks.report import CheckReport, Report, make_report
from lovhe.core.errors import BoardGoneError
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.programs import LessonProgram
from lovhe.core.messages import N_
from lovhe.services.lesson_trial import ProgramTrial, try_lessons
from lovhe.services.ports import BoardLink, Stage
from lovhe.services.real_trial import Difference, differences, try_on_board

from .boards import powered_board
from .small_lesson import small_lesson, small_lesson_files

pytest.importorskip("micropython_run", reason="no interpreter for virtual boards on this system")


def test_a_board_in_real_time_judges_like_virtual_time(tmp_path: Path) -> None:
    """Every program over the line, one after another."""
    lesson = small_lesson()

    @contextmanager
    def board(one: Lesson) -> Iterator[tuple[BoardLink, Stage]]:
        with powered_board(tmp_path, one) as running:
            link = ReplLink("desk", running.line)
            yield link, running
            link.close()

    told: list[ProgramTrial] = []
    real = try_on_board(lesson, board, wiring.runtime(), told.append)
    (virtual,) = try_lessons([lesson], wiring.virtual_bench, wiring.runtime())
    assert [trial.program for trial in real] == [trial.program for trial in virtual.programs]
    assert told == real
    assert all(trial.right for trial in real)
    assert [differences(one, other) for one, other in zip(virtual.programs, real, strict=True)] == [[]] * len(real)


_HUMAN = """
[[check]]
id = "on"
[[check.step]]
delay = "300 ms"
settle = "0 ms"
[[check.step]]
set = { button = "pressed" }
delay = "250 ms"
settle = "0 ms"
expect-reading = [{ name = "reaction", spans = ["led", "button"], count = "1" }]
[[check]]
id = "stays"
[[check.step]]
swing = { part = "button", values = ["released", "pressed"], period = "500 ms" }
delay = "500 ms"
settle = "0 ms"
expect-reading = [{ name = "reaction", count = "0" }, { name = "let go", count = "≥ 1" }]
"""
_MEASURES = """\
from machine import Pin
import time
led = Pin(2, Pin.OUT)
button = Pin(4, Pin.IN, Pin.PULL_UP)
led.on()
start = time.ticks_ms()
while button.value():
    time.sleep_ms(2)
print("reaction:", time.ticks_diff(time.ticks_ms(), start))
while not button.value():
    time.sleep_ms(2)
print("let go:", 1)
while True:
    time.sleep_ms(2)
"""


def _measuring_lesson() -> Lesson:
    """A lesson whose checks rest on what the pins show, with a mistake that guesses how long a person takes, and one that sleeps."""
    toml = small_lesson_files()["lesson.toml"].decode()
    guesses = _MEASURES.replace("time.ticks_diff(time.ticks_ms(), start)", "300")
    more = {
        "lesson.toml": toml[: toml.index("[[check]]")] + _HUMAN,
        "en.md": small_lesson_files()["en.md"]
        .decode()
        .replace("+++\nbody", '[ask]\n"button=pressed" = "Press."\n"button=swing" = "Again."\n+++\nbody'),
        "solution.py": _MEASURES,
        "wrong/dark.py": f"# caught by: on\n{guesses}",
        "wrong/goes_out.py": f"# caught by: stays\n{_MEASURES.replace('let go', 'gone')}",
    }
    return small_lesson(more)


def test_a_pupil_who_reads_first_gets_the_same_verdicts(tmp_path: Path) -> None:
    """Each request is answered some time later, by another time in each run; what the last pupil did is undone."""
    lesson = _measuring_lesson()
    waits = iter([0.9, 0.2, 0.5, 0.8, 0.3, 0.6])

    @contextmanager
    def board(one: Lesson) -> Iterator[tuple[BoardLink, Stage]]:
        with powered_board(tmp_path, one) as running:
            link = ReplLink("desk", running.line)
            yield link, PacedPupil(one, wiring.kit().parts(), running, lambda: next(waits))
            link.close()

    real = try_on_board(lesson, board, wiring.runtime(), lambda _: None)
    assert [(trial.program.name, trial.right) for trial in real] == [(trial.program.name, True) for trial in real]
    assert len(real) == 4
    taken = {trial.program.name: str(trial.report.checks[0].seen) for trial in real if trial.report is not None}
    assert taken["solution.py"] != taken["wrong/goes_out.py"]


def test_a_board_that_cannot_be_opened_is_told_at_once() -> None:
    """Nothing is judged then, and the reason reaches the person in front of the screen."""

    @contextmanager
    def gone(one: Lesson) -> Iterator[tuple[BoardLink, Stage]]:
        raise BoardGoneError(N_("The board has gone."), N_("Plug it in again."))
        yield

    with pytest.raises(BoardGoneError):
        try_on_board(small_lesson(), gone, {}, lambda _: None)


def _trial(report: Report | None) -> ProgramTrial:
    return ProgramTrial("6-99-small", LessonProgram("", "solution.py", "solution", "", "passed"), report)


def _report(**outcomes: str) -> Report:
    words = N_("Try again.")
    return make_report("6-99-small", [CheckReport(name, outcome, words, words) for name, outcome in outcomes.items()])  # type: ignore[arg-type]


def test_differences_are_told_check_by_check() -> None:
    """Also where a program could not be judged on the board at all."""
    virtual = _trial(_report(on="passed", stays="passed"))
    assert differences(virtual, _trial(_report(on="passed", stays="unclear"))) == [Difference("stays", "passed", "unclear")]
    assert differences(virtual, _trial(None)) == [Difference("on", "passed", ""), Difference("stays", "passed", "")]
