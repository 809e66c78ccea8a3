"""A lesson is called right only when every one of its programs is judged as its author says."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from lovhe.core.checks.report import CheckReport, Report, make_report
from lovhe.core.circuits.hardware import Circuit
from lovhe.core.errors import UnavailableError
from lovhe.core.lessons.lesson import Lesson, LessonFile, Skills, WrongProgram
from lovhe.core.lessons.programs import LessonProgram
from lovhe.core.messages import N_
from lovhe.services.lesson_trial import ProgramTrial, try_lessons
from lovhe.services.ports import BoardLink, Stage

LESSON = Lesson(
    id="6-01-blink",
    file=LessonFile(grade=6, order=1, minutes=45, skills=Skills(), circuit=Circuit(), check=[]),
    texts={},
    teacher={},
    starter="",
    solutions={"solution.py": "", "solution_2.py": ""},
    wrong=[WrongProgram("slow.py", "", "period"), WrongProgram("dark.py", "", "on")],
    wired={},
)


def _report(**outcomes: str) -> Report:
    words = N_("Try again.")
    return make_report("6-01-blink", [CheckReport(name, outcome, words, words) for name, outcome in outcomes.items()])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "caught_by", "report", "right"),
    [
        ("passed", "", _report(on="passed", period="passed"), True),
        ("passed", "", _report(on="passed", period="unclear"), False),
        ("passed", "", None, False),
        ("failed", "period", _report(on="passed", period="failed"), True),
        ("failed", "period", _report(on="failed", period="skipped"), False),
        ("failed", "period", _report(on="failed", period="failed"), False),
        ("failed", "on", _report(on="failed", period="skipped"), True),
        ("failed", "period", _report(on="passed", period="unclear"), False),
        ("failed", "period", _report(on="passed", period="passed"), False),
        ("not passed", "", _report(on="failed", period="skipped"), True),
        ("not passed", "", _report(on="passed", period="passed"), False),
    ],
)
def test_a_verdict_is_right_when_it_is_the_one_the_author_wants(wanted: str, caught_by: str, report: Report | None, right: bool) -> None:
    """A wrong program must be caught by the very check it names, as the first to fail; a starter must not pass."""
    form = {"passed": "solution", "failed": "wrong", "not passed": "begin"}[wanted]
    program = LessonProgram("", "x.py", form, "", wanted, caught_by)  # type: ignore[arg-type]
    assert ProgramTrial("6-01-blink", program, report).right is right


def test_a_fault_of_ours_is_reported_for_each_program_and_stops_no_other_lesson() -> None:
    """A PC without virtual boards gives an answer for every program, and none of them is right."""

    @contextlib.contextmanager
    def no_bench(lesson: Lesson) -> Iterator[tuple[BoardLink, Stage]]:
        raise UnavailableError(N_("A virtual board did not start."), N_("Try again."))
        yield

    (lesson,) = try_lessons([LESSON], no_bench, {}, repeat=2)
    trials = lesson.programs
    assert [trial.program.name for trial in trials] == ["starter.py", "solution.py", "solution_2.py", "wrong/slow.py", "wrong/dark.py"] * 2
    assert not any(trial.right for trial in trials)
    assert all(trial.error is not None for trial in trials)
