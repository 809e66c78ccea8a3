"""A class while the lesson runs."""

from __future__ import annotations

import datetime

import uuid_utils
from lovhe.apps import wiring
from lovhe.apps.teaching.class_progress import classes_here, is_now, is_stuck_now, read_attempts, read_class, seconds_since
from lovhe.core.checks.report import CheckReport, encode_report, make_report
from lovhe.core.messages import N_
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports import Attempt

from tests.school_classes import add_pupils

NOW = datetime.datetime(2026, 11, 23, 8, 30, tzinfo=datetime.UTC)


def _hand_in(minutes_ago: float, passed: bool, *pupils: Pupil) -> None:
    outcome = "passed" if passed else "failed"
    check = CheckReport("blinks", "passed" if passed else "failed", N_("Expected."), N_("Seen."), points=int(passed), total=1)
    report = encode_report(make_report("6-01-blink", [check], "lighthouse"))
    when = (NOW - datetime.timedelta(minutes=minutes_ago)).isoformat(timespec="seconds")
    makers = tuple(one.id for one in pupils)
    with wiring.results() as store:
        key = str(uuid_utils.uuid7())
        store.add(Attempt(key, "6-01-blink", "b", makers, when, "print(1)", outcome, int(passed), 1, report, [], "lighthouse"))


def test_those_who_are_stuck_come_first_the_longest_before_all() -> None:
    """Then the others by number; who failed on another day is not stuck now."""
    with wiring.results() as store:
        aysel, murad, nigar, ali, leyla = add_pupils(store.roster(), "7A", ["Aysel", "Murad", "Nigar", "Əli", "Leyla"])
    _hand_in(5, False, murad)
    _hand_in(12, False, ali)
    _hand_in(3, True, nigar)
    _hand_in(3000, False, leyla)
    progress = read_class(classes_here()[0], NOW)
    assert [one.pupil.first_name for one in progress.at_work] == ["Əli", "Murad", "Aysel", "Nigar", "Leyla"]
    assert (progress.stuck, progress.here) == (2, 3)
    assert progress.at_work[0].check == "blinks"
    assert [is_stuck_now(one, NOW) for one in progress.at_work] == [True, True, False, False, False]
    assert [is_now(one, NOW) for one in progress.at_work] == [True, True, False, True, False]
    assert [lesson.id for lesson in progress.marks.lessons] == ["6-01-blink"]
    assert aysel.number == 1


def test_a_clock_that_was_set_back_makes_nothing_negative() -> None:
    """What was handed in then is from now."""
    later = (NOW + datetime.timedelta(hours=1)).isoformat()
    assert seconds_since(later, NOW) == 0.0


def test_a_pupils_attempts_come_newest_first() -> None:
    """Those made with others, too; other pupils' are left out."""
    with wiring.results() as store:
        aysel, murad = add_pupils(store.roster(), "7A", ["Aysel", "Murad"])
    _hand_in(9, False, aysel)
    _hand_in(8, True, aysel, murad)
    _hand_in(7, True, murad)
    marks, lessons = read_attempts(aysel)
    assert [mark.outcome for mark in marks] == ["passed", "failed"]
    assert "6-01-blink" in lessons
