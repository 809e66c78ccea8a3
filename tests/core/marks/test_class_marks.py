"""What a class has reached: each pupil's own, whoever they worked with; the best attempt counts, or the newest."""

from __future__ import annotations

import pytest
from lovhe.apps import wiring
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.marks.class_marks import SkillMark, class_marks
from lovhe.core.pupils.pupil import Pupil
from lovhe.services.ports import Mark

AYSEL, MURAD, NIGAR = (Pupil(name.lower(), "7A", number, name) for number, name in enumerate(("Aysel", "Murad", "Nigar"), 1))


@pytest.fixture(scope="module")
def lessons() -> list[Lesson]:
    """Two lessons: one without steps would be rare; these have them."""
    return [wiring.kit().lesson(name) for name in ("6-01-blink", "6-02-button-light")]


def _mark(lesson: Lesson, step: int, outcome: str, points: int, minute: int, *pupils: Pupil) -> Mark:
    steps = [one for one in lesson.file.step if one.kind != "read"]
    name = steps[step].id if steps else ""
    return Mark("", lesson.id, name, outcome, points, 9, f"2026-11-23T08:{minute:02}:00+00:00", tuple(one.id for one in pupils))


def test_each_pupil_gets_what_they_made_alone_or_with_others(lessons: list[Lesson]) -> None:
    """Who was not there gets nothing; a lesson that nobody has begun is not there."""
    blink = lessons[0]
    tried = [_mark(blink, 0, "failed", 2, 1, AYSEL, MURAD), _mark(blink, 0, "failed", 5, 2, MURAD)]
    marks = class_marks(lessons, [AYSEL, MURAD, NIGAR], tried)
    assert [one.id for one in marks.lessons] == [blink.id]
    aysel, murad, nigar = marks.pupils
    assert (aysel.lessons[blink.id].points, aysel.lessons[blink.id].attempts, aysel.points) == (2, 1, 2)
    assert (murad.lessons[blink.id].points, murad.lessons[blink.id].newest_utc) == (5, "2026-11-23T08:02:00+00:00")
    assert nigar.lessons == {}


def test_the_best_attempt_counts_or_the_newest(lessons: list[Lesson]) -> None:
    """At each step for itself; a passed step has all its points."""
    blink = lessons[0]
    tried = [_mark(blink, 0, "passed", 4, 1, AYSEL), _mark(blink, 0, "failed", 3, 2, AYSEL)]
    assert class_marks(lessons, [AYSEL], tried, "best").pupils[0].lessons[blink.id].points == 9
    assert class_marks(lessons, [AYSEL], tried, "last").pupils[0].lessons[blink.id].points == 3


def test_points_by_skill_are_those_of_the_lessons_that_train_it(lessons: list[Lesson]) -> None:
    """Of what the class has begun; who has not begun it has none of its points."""
    blink, button = lessons
    tried = [_mark(blink, 0, "failed", 2, 1, AYSEL), _mark(button, 0, "failed", 1, 2, MURAD)]
    marks = class_marks(lessons, [AYSEL, MURAD], tried)
    aysel = marks.skills(marks.pupils[0], "strands")
    blink_total = marks.pupils[0].lessons[blink.id].total
    assert aysel["algorithms"] == SkillMark(2, blink_total + marks.totals[button.id])
    assert aysel["logic"] == SkillMark(0, marks.totals[button.id])
    assert list(marks.skills(marks.pupils[0], "digcomp")) == sorted({*blink.file.skills.digcomp, *button.file.skills.digcomp})


def test_whoever_is_not_of_the_class_does_not_count(lessons: list[Lesson]) -> None:
    """Nor does a lesson that is not there any more."""
    tried = [_mark(lessons[0], 0, "passed", 9, 1, NIGAR), Mark("", "gone", "", "passed", 1, 1, "2026-11-23T08:00:00+00:00", (AYSEL.id,))]
    marks = class_marks(lessons, [AYSEL], tried)
    assert (list(marks.lessons), marks.pupils[0].lessons) == ([], {})
