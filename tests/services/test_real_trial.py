"""On a board in real time a lesson's programs get the verdicts of virtual time, and a difference is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lovhe.adapters.board_link import ReplLink
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
from .small_lesson import small_lesson

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
