"""How far a group is: each step and lesson new, begun or checked, with points, what comes next, and the skills gained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import ANSWERED, LessonStep

State = Literal["new", "begun", "checked"]
"""Nothing handed in yet; something, but not all is right; passed."""

_STATES: tuple[State, ...] = ("new", "begun", "checked")


class Tried(Protocol):
    """What one attempt came to. `step` is "" in a lesson without steps; `pupils` are the ids of who made it."""

    @property
    def lesson_id(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def points(self) -> int: ...
    @property
    def total(self) -> int: ...
    @property
    def pupils(self) -> tuple[str, ...]: ...


class StepProgress(msgspec.Struct, frozen=True):
    """One step. A step that is only read has no state of its own and no points: it is `checked` where nothing is asked."""

    state: State = "new"
    points: int = 0
    total: int = 0


class LessonProgress(msgspec.Struct, frozen=True):
    """One lesson, `checked` when its goal is passed. `steps` has each step that can be checked by its id, "" in a lesson without steps."""

    state: State
    points: int
    total: int
    steps: Mapping[str, StepProgress]


class Gained(msgspec.Struct, frozen=True):
    """One skill: how many of the lessons that train it are checked, of how many."""

    checked: int
    lessons: int


class Skills(msgspec.Struct, frozen=True):
    """Skills by strand, DigComp number and STEAM subject, each in the order of first training."""

    strands: Mapping[str, Gained]
    digcomp: Mapping[str, Gained]
    steam: Mapping[str, Gained]


def lesson_progress(
    lesson: Lesson, tried: Iterable[Tried], pupils: Sequence[str], totals: Mapping[str, int] | None = None
) -> LessonProgress:
    """How far these pupils are together: of each step the least of what one of them has reached, alone or with others.

    Without `pupils`, all of `tried` is one guest's. `totals` is what `step_totals` gives, for whoever asks about many pupils.
    """
    worth = step_totals(lesson) if totals is None else totals
    at: dict[str, list[Tried]] = {step_id: [] for step_id in worth}
    for one in tried:
        if one.lesson_id == lesson.id and one.step in at:
            at[one.step].append(one)
    reached = {step_id: _reached_by(pupils, at_step, worth[step_id]) for step_id, at_step in at.items()}
    return _together(lesson, reached)


def step_totals(lesson: Lesson) -> dict[str, int]:
    """What each step that can be checked is worth, by its id, "" in a lesson without steps."""
    steps: Sequence[LessonStep | None] = lesson.file.step or [None]
    return {step.id if step is not None else "": points_of(lesson, step) for step in steps if step is None or is_checked(step)}


def is_checked(step: LessonStep) -> bool:
    """Whether anything is handed in at the step."""
    return step.kind != "read"


def points_of(lesson: Lesson, step: LessonStep | None) -> int:
    """What a step is worth; for None, a lesson without steps."""
    if step is None:
        return sum(check.points for check in lesson.file.check)
    if step.kind in ANSWERED:
        return 1
    if step.kind == "wire":
        return len(step.parts or lesson.file.circuit.part)
    return sum(check.points for check in lesson.judged_by(step).file.check)


def _reached(tried: Sequence[Tried], total: int) -> StepProgress:
    if not tried:
        return StepProgress("new", 0, total)
    passed = any(one.outcome == "passed" for one in tried)
    points = total if passed else min(total, max(one.points for one in tried))
    return StepProgress("checked" if passed else "begun", points, total)


def _reached_by(pupils: Sequence[str], at_step: Sequence[Tried], total: int) -> StepProgress:
    total = max((one.total for one in at_step), default=0) or total
    if not at_step:
        return StepProgress("new", 0, total)
    if not pupils:
        return _reached(at_step, total)
    return _least([_reached([one for one in at_step if pupil in one.pupils], total) for pupil in pupils])


def _least(reached: Sequence[StepProgress]) -> StepProgress:
    """What all have; a step that one has begun and another has not is begun for a group."""
    least = min((one.state for one in reached), key=_STATES.index)
    most = max((one.state for one in reached), key=_STATES.index)
    state: State = "begun" if least == "new" and most != "new" else least
    return StepProgress(state, min(one.points for one in reached), reached[0].total)


def _together(lesson: Lesson, steps: Mapping[str, StepProgress]) -> LessonProgress:
    goal = lesson.goal
    at_goal = steps.get(goal.id if goal is not None else "")
    goal_passed = at_goal.state == "checked" if at_goal is not None else all(one.state == "checked" for one in steps.values())
    begun = any(one.state != "new" for one in steps.values())
    state: State = "checked" if goal_passed and steps else "begun" if begun else "new"
    return LessonProgress(state, sum(one.points for one in steps.values()), sum(one.total for one in steps.values()), steps)


def next_step(lesson: Lesson, progress: LessonProgress) -> LessonStep | None:
    """The step after the last passed one; None where the last step that can be checked is passed, or there are no steps."""
    steps = lesson.file.step
    passed = [index for index, step in enumerate(steps) if (one := progress.steps.get(step.id)) is not None and one.state == "checked"]
    after = steps[passed[-1] + 1 :] if passed else steps
    return after[0] if any(is_checked(step) for step in after) else None


def what_next(
    lessons: Sequence[Lesson], progress: Mapping[str, LessonProgress], last: str, grade: int
) -> tuple[Lesson, LessonStep | None] | None:
    """Where to go on: in the lesson that was open last as long as it has a step to do, else the next one of the grade that is not checked.

    `lessons` are in their order, `last` is the id of the lesson opened last, "" for none; `grade` is then where to begin.
    """
    open_last = next((lesson for lesson in lessons if lesson.id == last), None)
    if open_last is not None and not is_done(open_last, progress[last]):
        return open_last, next_step(open_last, progress[last])
    of_grade = [lesson for lesson in lessons if lesson.file.grade == (open_last.file.grade if open_last is not None else grade)]
    at = of_grade.index(open_last) + 1 if open_last is not None else 0
    for lesson in of_grade[at:] + of_grade[:at]:
        if not is_done(lesson, progress[lesson.id]):
            return lesson, next_step(lesson, progress[lesson.id])
    return None


def is_done(lesson: Lesson, progress: LessonProgress) -> bool:
    """Whether nothing is left to do: the goal is passed, and no step that can be checked comes after the last passed one."""
    return progress.state == "checked" and next_step(lesson, progress) is None


def skills_gained(lessons: Iterable[Lesson], progress: Mapping[str, LessonProgress]) -> Skills:
    """What the lessons train, and how much of it is gained by checked lessons."""
    found: tuple[dict[str, Gained], dict[str, Gained], dict[str, Gained]] = ({}, {}, {})
    for lesson in lessons:
        checked = int(progress[lesson.id].state == "checked")
        skills = lesson.file.skills
        trained: tuple[Sequence[str], ...] = (skills.strands, skills.digcomp, skills.steam)
        for by_name, names in zip(found, trained, strict=True):
            for name in dict.fromkeys(names):
                before = by_name.get(name, Gained(0, 0))
                by_name[name] = Gained(before.checked + checked, before.lessons + 1)
    strands, digcomp, steam = found
    return Skills(strands, dict(sorted(digcomp.items())), steam)
