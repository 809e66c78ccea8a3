"""The list of lessons as a group sees it, with the kit's own lessons and real results."""

from __future__ import annotations

from pathlib import Path

import pytest
from lovhe.apps import wiring
from lovhe.apps.workspace import lesson_list
from lovhe.apps.workspace.desk import Desk
from lovhe.apps.workspace.lesson_list import LessonList, read_progress, read_shelf
from lovhe.apps.workspace.lesson_work import LessonWork
from lovhe.apps.workspace.step_notes import StepNotes
from lovhe.apps.workspace.wiring import roster, work_store
from lovhe.core.checks.evidence import Event
from lovhe.core.pupils.group import Group
from lovhe.services.ports import Attempt

from tests.school_classes import add_pupils

BLINK = "6-01-blink"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    lesson_list._kept.shelf = None
    wiring.kit.cache_clear()


def _pupils(class_name: str, *names: str) -> Group:
    with roster() as pupils:
        return Group(pupils=tuple(add_pupils(pupils, class_name, names)))


def _list(group: Group, *opened: tuple[str, str]) -> LessonList:
    desk = Desk()
    desk.sit_down(group)
    for lesson, step in opened:
        desk.open(lesson, step)
    shown = LessonList(desk)
    shown.shelf = read_shelf()
    shown.progress = read_progress(shown.shelf, group, list(desk.places))
    return shown


def _passed(lesson_id: str, step: str, *pupils: str, number: int = 1) -> None:
    events: list[Event] = []
    report = b'{"checks": []}'
    with wiring.results() as store:
        store.add(Attempt(f"{number:032}", lesson_id, "b", pupils, "2026-11-02T10:00:00+00:00", "", "passed", 3, 3, report, events, step))


def test_the_grade_of_the_class_comes_first_and_is_open() -> None:
    """A pupil of 8B does not look for the lessons of grade 8."""
    shown = _list(_pupils("8B", "Aysel"))
    assert shown.grades == [8, 6, 7, 9]
    assert [grade for grade in shown.grades if not shown.is_folded(grade)] == [8]
    shown.fold(6)
    shown.fold(8)
    assert [grade for grade in shown.grades if not shown.is_folded(grade)] == [6]


def test_a_new_pupil_begins_with_the_first_lesson_of_the_grade() -> None:
    """Nobody has to know where to begin."""
    shown = _list(_pupils("7A", "Aysel"))
    assert shown.go_on is not None
    assert shown.go_on[0].id == "7-01-carpet"
    assert not shown.has_begun


def test_one_goes_on_where_one_was() -> None:
    """The lesson opened last, at its step."""
    shown = _list(_pupils("6A", "Aysel"), ("6-02-button-light", "x"), (BLINK, wiring.kit().lesson(BLINK).file.step[2].id))
    assert shown.go_on is not None
    assert (shown.go_on[0].id, shown.go_on[1]) == (BLINK, wiring.kit().lesson(BLINK).file.step[2])


def test_a_lesson_with_typed_work_is_begun() -> None:
    """Though nothing was checked yet; to others it is new."""
    group, others = _pupils("6A", "Aysel"), _pupils("6B", "Murad")
    lesson = wiring.kit().lesson(BLINK)
    assert _list(group).progress_of(lesson).state == "new"  # type: ignore[union-attr]
    LessonWork(lesson, group, work_store()).typed(lesson.goal, "print(1)\n")
    assert _list(group).progress_of(lesson).state == "begun"  # type: ignore[union-attr]
    assert _list(others).progress_of(lesson).state == "new"  # type: ignore[union-attr]


def test_after_a_done_lesson_the_next_one_is_shown() -> None:
    """Results are those of the pupil, whoever sits beside them today."""
    group = _pupils("6A", "Aysel")
    lesson = wiring.kit().lesson(BLINK)
    last = [step for step in lesson.file.step if step.kind != "read"][-1]
    _passed(BLINK, last.id, group.pupils[0].id)
    if lesson.goal is not None and lesson.goal != last:
        _passed(BLINK, lesson.goal.id, group.pupils[0].id, number=2)
    shown = _list(group, (BLINK, last.id))
    assert shown.checked_of(6)[0] == 1
    assert shown.go_on is not None
    assert shown.go_on[0].id == "6-02-button-light"
    together = _list(Group(pupils=(*group.pupils, *_pupils("6A", "Murad").pupils)))
    assert together.checked_of(6)[0] == 0


def test_a_guest_s_progress_is_that_of_this_guest() -> None:
    """What one guest has passed is not there for the next one."""
    group = Group(guest="one")
    lesson = wiring.kit().lesson(BLINK)
    StepNotes(lesson, group, work_store()).judged(lesson.goal, "passed", 3)
    assert _list(group, (BLINK, "")).checked_of(6)[0] == 1
    assert _list(Group(guest="two"), (BLINK, "")).checked_of(6)[0] == 0


def test_a_guest_s_points_count_before_all_is_right() -> None:
    """As a pupil's do: the most that was reached in a step, and all of it once it is passed."""
    group = Group(guest="one")
    lesson = wiring.kit().lesson(BLINK)
    assert lesson.goal is not None
    notes = StepNotes(lesson, group, work_store())
    for reached in (2, 1):
        notes.judged(lesson.goal, "failed", reached)
        assert (shown := _list(group, (BLINK, "")).progress) is not None
        assert (shown[BLINK].state, shown[BLINK].points) == ("begun", 2)


@pytest.mark.parametrize(
    ("typed", "lesson_id"), [("CARPET", "7-01-carpet"), ("xalca", "7-01-carpet"), ("ковер", "7-01-carpet"), ("сфкзуе", "7-01-carpet")]
)
def test_a_lesson_is_found_in_any_language_and_layout(typed: str, lesson_id: str) -> None:
    """Whatever language is shown, and whatever letters the keyboard has."""
    shown = _list(Group(guest="one"))
    shown.typed = typed
    assert lesson_id in [lesson.id for lesson in shown.found]
    assert len(shown.found) < 6


def test_a_broken_lesson_or_pack_hides_no_other(data_dir: Path) -> None:
    """What cannot be read is told; all else is there."""
    own = data_dir / "lessons" / "6-77-broken"
    own.mkdir(parents=True)
    (own / "lesson.toml").write_text("grade = ", encoding="utf-8")
    pack = data_dir / "lessons" / "some-pack"
    pack.mkdir()
    (pack / "pack.toml").write_text("id = 5", encoding="utf-8")
    wiring.kit.cache_clear()
    shelf = read_shelf()
    assert len(shelf.lessons) == 24
    assert len(shelf.broken) == 2


def test_a_changed_lesson_is_read_anew(data_dir: Path) -> None:
    """The list that is kept in memory does not hide what a teacher has just installed."""
    (data_dir / "lessons").mkdir(parents=True)
    wiring.kit.cache_clear()
    before = read_shelf()
    assert read_shelf() is before
    own = data_dir / "lessons" / "6-77-broken"
    own.mkdir()
    (own / "lesson.toml").write_text("grade = ", encoding="utf-8")
    assert len(read_shelf().broken) == 1
