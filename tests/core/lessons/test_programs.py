"""Each program of a lesson has to come to something, and checks that prove little are told."""

from __future__ import annotations

import pytest
from lovhe.core.checks.report import CheckReport, Report, make_report
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.programs import LessonProgram, lesson_programs
from lovhe.core.lessons.reading import read_lesson
from lovhe.core.lessons.weakness import WeakCheck, printing_program, weak_checks
from lovhe.core.messages import N_
from lovhe.core.programs.program import syntax_problem

from tests.core.conftest import BOARDS, PARTS
from tests.step_lesson import step_lesson_files


@pytest.fixture
def steps() -> Lesson:
    """A lesson with a step of every kind."""
    return read_lesson("6-99-steps", step_lesson_files(), BOARDS, PARTS)


def test_all_steps_programs_are_judged_by_what_their_step_wants(steps: Lesson) -> None:
    """What is shown passes; what a pupil begins with does not; what is handed in rightly does; a mistake fails."""
    found = [(one.step, one.name, one.form, one.wanted) for one in lesson_programs(steps)]
    assert found == [
        ("guess", "steps/guess.py", "shown", "passed"),
        ("sort", "steps/sort.py", "begin", "not passed"),
        ("sort", "steps/sort.py", "solution", "passed"),
        ("gaps", "steps/gaps.py", "begin", "not passed"),
        ("gaps", "steps/gaps.py", "solution", "passed"),
        ("faster", "steps/faster.py", "begin", "not passed"),
        ("faster", "steps/faster_solution.py", "solution", "passed"),
        ("count", "steps/count.py", "shown", "passed"),
        ("own", "starter.py", "begin", "not passed"),
        ("own", "solution.py", "solution", "passed"),
        ("own", "wrong/once.py", "wrong", "failed"),
    ]


def test_what_a_pupil_begins_with_is_mixed_up_and_has_gaps(steps: Lesson) -> None:
    """The program that must not pass is the one on the pupil's screen, not the author's."""
    begins = {one.step: one.source for one in lesson_programs(steps) if one.form == "begin"}
    assert "led.of()" in begins["sort"]
    assert "____1" in begins["gaps"]
    assert syntax_problem(next(one.source for one in lesson_programs(steps) if one.step == "gaps" and one.form == "solution")) is None


def test_a_lesson_without_steps_is_one_task(make_lesson) -> None:
    """All its checks judge the starter, the solutions and the mistakes."""
    lesson = make_lesson('[[check]]\nid = "on"\n[[check.step]]\ndelay = "1 s"\nexpect-pin = [{ part = "led", level = "on" }]\n')
    assert [(one.step, one.name) for one in lesson_programs(lesson)] == [("", "starter.py"), ("", "solution.py")]


def _report(**outcomes: str) -> Report:
    words = N_("Try again.")
    return make_report("6-99-steps", [CheckReport(name, outcome, words, words) for name, outcome in outcomes.items()])  # type: ignore[arg-type]


def _done(form: str, caught_by: str = "", **outcomes: str) -> tuple[LessonProgram, Report]:
    return LessonProgram("own", f"{form}.py", form, "", "failed", caught_by), _report(**outcomes)  # type: ignore[arg-type]


RIGHT = _done("solution", blinks="passed", steady="passed")
CAUGHT = [_done("wrong", "blinks", blinks="failed", steady="skipped"), _done("wrong", "steady", blinks="passed", steady="failed")]


@pytest.mark.parametrize(
    ("done", "printing", "weak"),
    [
        ([RIGHT, *CAUGHT], _report(blinks="failed", steady="skipped", measures="passed"), [WeakCheck("measures", "prints-only")]),
        ([RIGHT, *CAUGHT], _report(blinks="failed", steady="skipped"), []),
        ([RIGHT, CAUGHT[0]], None, [WeakCheck("steady", "never-failed")]),
        (
            [RIGHT, CAUGHT[0], _done("begin", blinks="passed", steady="failed")],
            None,
            [WeakCheck("steady", "uncaught")],
        ),
        ([RIGHT, CAUGHT[1]], _report(blinks="passed"), [WeakCheck("blinks", "never-failed"), WeakCheck("blinks", "only-off")]),
    ],
)
def test_a_check_that_catches_nobody_or_lets_a_talker_through_is_weak(steps, done, printing, weak) -> None:
    """Each of the goal's checks must be the first to fail in some mistake, and no deed can be replaced by words."""
    assert weak_checks(steps, done, printing) == weak
    assert all(str(one.what) and str(one.mend) for one in weak)


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ('expect-pin = [{ part = "led", level = "off" }]', "only-off"),
        ('expect-pin = [{ part = "led", toggles = "0" }]\nexpect-text = [{ contains = "1234", count = "0" }]', "only-off"),
        ('expect-pin = [{ part = "led", level = "off" }]\nexpect-text = [{ contains = "good night" }]', "prints-only"),
        ('expect-reading = [{ name = "light" }]', "prints-only"),
    ],
)
def test_a_check_that_only_wants_things_off_is_told_to_ask_for_the_deed_first(make_lesson, more, kind) -> None:
    """What a talker passes although nothing that it prints was asked for is passed by doing nothing."""
    lesson = make_lesson(f'[[check]]\nid = "quiet"\n[[check.step]]\ndelay = "1 s"\n{more}\n')
    mistake = (LessonProgram("", "wrong/a.py", "wrong", "", "failed", "quiet"), _report(quiet="failed"))
    weak = weak_checks(lesson, [mistake], _report(quiet="passed"))
    assert weak == [WeakCheck("quiet", kind)]
    assert ("only wants things off" in str(weak[0].what)) == (kind == "only-off")


def test_a_talker_says_what_the_checks_would_like_to_read(steps: Lesson) -> None:
    """Readings with their names and in their range, texts as they are; and it is a program."""
    source = printing_program(steps)
    assert "print('light: 20')" in source
    assert syntax_problem(source) is None


def test_a_check_of_texts_alone_is_not_weak_for_being_passed_by_texts(make_lesson) -> None:
    """Who prints the right text has done what was asked."""
    lesson = make_lesson('[[check]]\nid = "says"\n[[check.step]]\ndelay = "1 s"\nexpect-text = [{ contains = "hello" }]\n')
    mistake = (LessonProgram("", "wrong/a.py", "wrong", "", "failed", "says"), _report(says="failed"))
    assert "print('hello')" in printing_program(lesson)
    assert weak_checks(lesson, [mistake], _report(says="passed")) == []
