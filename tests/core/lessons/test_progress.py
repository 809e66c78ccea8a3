"""How far a group is: the least of its members, what comes next, and which skills that makes."""

from __future__ import annotations

import msgspec
import pytest
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.progress import is_done, lesson_progress, next_step, points_of, skills_gained, what_next
from lovhe.core.lessons.reading import read_lesson

from tests.core.conftest import BOARDS, PARTS
from tests.step_lesson import step_lesson_files


class _Try(msgspec.Struct, frozen=True):
    lesson_id: str
    step: str
    outcome: str
    points: int
    total: int
    pupils: tuple[str, ...] = ()


def _lesson(lesson_id: str = "6-01-steps", grade: int = 6, order: int = 1) -> Lesson:
    lesson = read_lesson(lesson_id, step_lesson_files(), BOARDS, PARTS)
    return msgspec.structs.replace(lesson, file=msgspec.structs.replace(lesson.file, grade=grade, order=order))


LESSON = _lesson()
STEPS = [step.id for step in LESSON.file.step if step.kind != "read"]


def _passed(step: str, *pupils: str, lesson: Lesson = LESSON) -> _Try:
    total = points_of(lesson, lesson.step(step))
    return _Try(lesson.id, step, "passed", total, total, pupils)


def test_nothing_handed_in_is_new_and_worth_what_its_checks_are() -> None:
    """A lesson that nobody has tried is new; its total is that of the steps that can be checked."""
    progress = lesson_progress(LESSON, [], ["a"])
    assert progress.state == "new"
    assert list(progress.steps) == STEPS
    assert (progress.points, progress.total) == (0, sum(points_of(LESSON, LESSON.step(step)) for step in STEPS))


def test_a_failed_attempt_begins_a_step_and_keeps_its_points() -> None:
    """Of several attempts the best counts, and a later worse one takes nothing away."""
    tried = [_Try(LESSON.id, "own", "failed", 1, 2, ("a",)), _Try(LESSON.id, "own", "failed", 0, 2, ("a",))]
    progress = lesson_progress(LESSON, tried, ["a"])
    assert progress.state == "begun"
    assert progress.steps["own"].state == "begun"
    assert progress.points == 1


def test_a_passed_step_stays_passed() -> None:
    """What was right once is not lost by trying on."""
    tried = [_passed("own", "a"), _Try(LESSON.id, "own", "failed", 0, 2, ("a",))]
    assert lesson_progress(LESSON, tried, ["a"]).state == "checked"


def test_a_group_has_the_least_of_its_members() -> None:
    """What only one of two has passed is begun for both, with the points of the other."""
    tried = [_passed("own", "a"), _Try(LESSON.id, "own", "failed", 1, 2, ("b",))]
    assert lesson_progress(LESSON, tried, ["a"]).state == "checked"
    both = lesson_progress(LESSON, tried, ["a", "b"])
    assert both.steps["own"].state == "begun"
    assert both.points == 1
    alone = lesson_progress(LESSON, [_passed("own", "a")], ["a", "b"])
    assert (alone.state, alone.points) == ("begun", 0)


def test_an_attempt_together_counts_for_each() -> None:
    """Two who passed it together have both passed it, alone and in another group."""
    assert lesson_progress(LESSON, [_passed("own", "a", "b")], ["b"]).state == "checked"


def test_a_guest_has_all_that_was_tried() -> None:
    """Without pupils, the attempts given are the guest's own."""
    assert lesson_progress(LESSON, [_passed("own")], []).state == "checked"


def test_another_lesson_s_attempts_do_not_count() -> None:
    """A step of the same name in another lesson is another step."""
    assert lesson_progress(LESSON, [_Try("7-01-other", "own", "passed", 2, 2, ("a",))], ["a"]).state == "new"


def test_the_next_step_is_the_one_after_the_last_passed() -> None:
    """What was left out before it is not asked for again."""
    assert next_step(LESSON, lesson_progress(LESSON, [], ["a"])) == LESSON.file.step[0]
    at = STEPS.index("sort")
    assert next_step(LESSON, lesson_progress(LESSON, [_passed("sort", "a")], ["a"])) == LESSON.step(STEPS[at + 1])


def test_a_lesson_is_done_when_its_goal_is_passed_and_nothing_comes_after() -> None:
    """The last step that can be checked ends a lesson."""
    last = STEPS[-1]
    assert last == "own"
    progress = lesson_progress(LESSON, [_passed(last, "a")], ["a"])
    assert is_done(LESSON, progress)
    assert next_step(LESSON, progress) is None


@pytest.mark.parametrize(("last", "expected"), [("", "6-01"), ("6-01", "6-02"), ("6-02", "6-02"), ("6-03", "6-03")])
def test_after_a_done_lesson_comes_the_next_of_the_grade(last: str, expected: str) -> None:
    """An open lesson first; then the next one of its grade that is not done, round to the first."""
    lessons = [_lesson("6-01", order=1), _lesson("6-02", order=2), _lesson("6-03", order=3), _lesson("7-01", grade=7)]
    done = [_Try("6-01", "own", "passed", 2, 2, ("a",))] if last == "6-01" else []
    progress = {lesson.id: lesson_progress(lesson, done, ["a"]) for lesson in lessons}
    found = what_next(lessons, progress, last, 6)
    assert found is not None
    assert found[0].id == expected


def test_nothing_is_next_where_a_grade_is_done() -> None:
    """The next grade is the pupil's own choice."""
    lessons = [_lesson("6-01"), _lesson("7-01", grade=7)]
    progress = {lesson.id: lesson_progress(lesson, [_Try("6-01", "own", "passed", 2, 2, ("a",))], ["a"]) for lesson in lessons}
    assert what_next(lessons, progress, "6-01", 6) is None


def test_skills_come_from_checked_lessons_alone() -> None:
    """A lesson that is begun trains, but nothing is gained yet."""
    lessons = [_lesson("6-01"), _lesson("6-02")]
    tried = [_Try("6-01", "own", "passed", 2, 2, ("a",)), _Try("6-02", "own", "failed", 1, 2, ("a",))]
    gained = skills_gained(lessons, {lesson.id: lesson_progress(lesson, tried, ["a"]) for lesson in lessons})
    assert (gained.strands["programming"].checked, gained.strands["programming"].lessons) == (1, 2)
