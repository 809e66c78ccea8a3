"""What pupils have reached together: each lesson of each pupil counts, and who does not get on is seen."""

from __future__ import annotations

import pytest
from lovhe.apps import wiring
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.marks.corrections import Correction
from lovhe.core.marks.summaries import STUCK_AFTER, ReportRow, Summary, summaries
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports import Mark

AYSEL, MURAD = Pupil("a", "7A", 1, "Aysel"), Pupil("m", "7A", 2, "Murad")


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """One with steps."""
    return wiring.kit().lesson("6-01-blink")


def _mark(lesson: Lesson, outcome: str, *pupils: Pupil, step: str = "") -> Mark:
    goal = lesson.goal
    assert goal is not None
    return Mark("", lesson.id, step or goal.id, outcome, 1, 4, "2026-11-23T08:00:00+00:00", tuple(one.id for one in pupils))


def test_lessons_begun_and_passed_are_counted_with_their_points(lesson: Lesson) -> None:
    """Who has handed in nothing has a summary all the same."""
    found = summaries([lesson], [AYSEL, MURAD], [_mark(lesson, "passed", AYSEL)])
    assert (found["a"].begun, found["a"].passed, found["a"].points) == (1, 1, 4)
    assert found["a"].total >= 4
    assert found["m"] == Summary()


def test_who_fails_at_one_step_again_and_again_is_stuck(lesson: Lesson) -> None:
    """Not who fails once at each of many steps, nor who has passed it after all."""
    failed = [_mark(lesson, "failed", AYSEL, MURAD)] * STUCK_AFTER
    assert summaries([lesson], [AYSEL], failed)["a"].stuck == 1
    assert summaries([lesson], [AYSEL], failed[1:])["a"].stuck == 0
    steps = [_mark(lesson, "failed", AYSEL, step=one.id) for one in lesson.file.step]
    assert len(steps) >= STUCK_AFTER
    assert summaries([lesson], [AYSEL], steps)["a"].stuck == 0
    found = summaries([lesson], [AYSEL, MURAD], [*failed, _mark(lesson, "passed", MURAD)])
    assert (found["a"].stuck, found["m"].stuck) == (1, 0)


def test_whose_points_a_teacher_has_set_is_not_stuck(lesson: Lesson) -> None:
    """The teacher knows of it."""
    failed = [_mark(lesson, "failed", AYSEL)] * STUCK_AFTER
    found = summaries([lesson], [AYSEL], failed, [Correction("a", lesson.id, 2, "x", "2026-11-23T09:00:00+00:00")])
    assert (found["a"].stuck, found["a"].points) == (0, 2)


@pytest.mark.parametrize(("points", "total", "percent"), [(1, 3, 33), (2, 3, 67), (0, 5, 0), (0, 0, None)])
def test_percent_are_rounded_and_none_without_points_to_be_had(points: int, total: int, percent: int | None) -> None:
    """A class that has begun nothing has not failed."""
    assert ReportRow("7A", 1, 1, 1, points, total, 0).percent == percent
