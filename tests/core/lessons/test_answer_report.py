"""What a pupil answers is judged: a choice by itself, a number by the run's own readings."""

import pytest
from lovhe.core.checks.report import decode_report, encode_report
from lovhe.core.errors import InputError
from lovhe.core.lessons.answer_report import answer_report
from lovhe.core.statistic import worked_out

from tests.step_lesson import step_lesson_files


@pytest.fixture
def lesson(read):
    """A lesson with a step of every kind."""
    return read(step_lesson_files())


@pytest.mark.parametrize("said", ["always", " Always ", "b", "B)", "2", "в"])
def test_a_choice_may_be_named_or_lettered(lesson, said):
    """By its id, its letter, its number, and by the letter that looks the same on a Cyrillic layout."""
    report = answer_report(lesson, lesson.step("guess"), said)
    assert (report.outcome, report.step, report.points, report.total) == ("passed", "guess", 1, 1)
    assert [check.id for check in report.checks] == ["answer"]


def test_a_wrong_choice_is_told_what_is_right_and_why(lesson):
    """What was said, what is right, and what the lesson says after the answer; also when it is read back from the disk."""
    report = answer_report(lesson, lesson.step("guess"), "a")
    (check,) = decode_report(encode_report(report)).checks
    assert (check.outcome, check.points) == ("failed", 0)
    assert str(check.title) == "What will the LED do?"
    assert "Again and again." in str(check.expected)
    assert "It flashes once." in str(check.seen)
    assert str(check.after) == "The loop begins again each time."


@pytest.mark.parametrize("said", ["", "d", "0", "4", "perhaps", "²"])
def test_what_is_no_choice_is_refused(lesson, said):
    """It is no answer, so it is neither right nor wrong."""
    with pytest.raises(InputError, match="none of the answers"):
        answer_report(lesson, lesson.step("guess"), said)


@pytest.mark.parametrize(
    ("said", "outcome"), [("200", "passed"), ("209,9", "passed"), ("190.1", "passed"), ("211", "failed"), ("200 lx", "passed")]
)
def test_a_number_is_right_within_its_tolerance(lesson, run, said, outcome):
    """The mean of 100, 200 and 300, ± 5 %; a comma is a decimal mark, and other readings do not count."""
    for t_ms, value in ((100, 100), (300, 200), (500, 300)):
        run.add(t_ms, "text", f"light: {value}\nheat: 7\n")
    run.steps("measures", 2000)
    report = answer_report(lesson, lesson.step("count"), said, run.events)
    assert report.outcome == outcome
    assert "200" in str(report.checks[0].expected)


def test_a_number_without_readings_is_unclear(lesson, run):
    """Nobody can say whether it is right, so it is not counted against the pupil."""
    run.steps("measures", 2000)
    report = answer_report(lesson, lesson.step("count"), "5", run.events)
    assert report.outcome == "unclear"
    assert "light" in str(report.checks[0].seen)


def test_what_is_no_number_is_refused(lesson, run):
    """The next sentence shows one."""
    with pytest.raises(InputError, match="no number"):
        answer_report(lesson, lesson.step("count"), "many", run.events)


@pytest.mark.parametrize(
    ("statistic", "value"), [("mean", 4), ("median", 3), ("least", 1), ("most", 9), ("range", 8), ("count", 4), ("last", 3)]
)
def test_statistics_are_what_their_names_say(statistic, value):
    """Of 1, 9, 3 and 3."""
    assert worked_out(statistic, [1.0, 9.0, 3.0, 3.0]) == value
