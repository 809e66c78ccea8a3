"""A class's marks as tables, in the user's language: points by lesson, by strand of Digital Skills and by DigComp competence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lovhe.apps.language import current_language, key, t
from lovhe.apps.lesson_view import language_for
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.skill_words import DIGCOMP, STRANDS, skill_word
from lovhe.core.marks.class_marks import By, ClassMarks, PupilMarks, SkillKind
from lovhe.core.tables import Cell, Sheet

_SHORT_ID = re.compile(r"[0-9]{1,2}-[0-9]{2}(?=-)")


def short_name(lesson_id: str) -> str:
    """The grade and number of one of our lessons ("6-01"); of others the whole id."""
    found = _SHORT_ID.match(lesson_id)
    return found[0] if found else lesson_id


def marks_table(marks: ClassMarks, by: By, heading: Callable[[Lesson], str]) -> Sheet:
    """The points by lesson or by skill; `heading` names a lesson."""
    return marks_by_lesson(marks, heading) if by == "lessons" else marks_by_skill(marks, by)


def marks_by_lesson(marks: ClassMarks, heading: Callable[[Lesson], str]) -> Sheet:
    """A column a lesson, and their sum; where a pupil has handed in nothing, the cell is empty. `heading` names a lesson."""
    names = [heading(lesson) for lesson in marks.lessons]
    totals = [marks.totals[lesson.id] for lesson in marks.lessons]
    rows: list[Sequence[Cell]] = [
        [t(key("Number")), t(key("First name")), *names, t(key("Sum"))],
        [None, t(key("Maximum")), *totals, sum(totals)],
    ]
    for one in marks.pupils:
        points = [one.lessons[lesson.id].points if lesson.id in one.lessons else None for lesson in marks.lessons]
        rows.append([one.pupil.number, one.pupil.first_name, *points, one.points])
    return Sheet(t(key("Lessons")), rows, heading_rows=2)


def marks_by_skill(marks: ClassMarks, kind: SkillKind) -> Sheet:
    """A column a skill: points in all lessons that train it and that the class has begun."""
    words, title = (STRANDS, key("Digital Skills")) if kind == "strands" else (DIGCOMP, key("DigComp 2.2"))
    by_pupil = [marks.skills(one, kind) for one in marks.pupils]
    skills = marks.skills(PupilMarks(marks.pupils[0].pupil, {}), kind) if marks.pupils else {}
    names = [t(skill_word(words, name)) if kind == "strands" else f"{name} {t(skill_word(words, name))}" for name in skills]
    rows: list[Sequence[Cell]] = [
        [t(key("Number")), t(key("First name")), *names],
        [None, t(key("Maximum")), *(skill.total for skill in skills.values())],
    ]
    rows += [
        [one.pupil.number, one.pupil.first_name, *(skill.points for skill in found.values())]
        for one, found in zip(marks.pupils, by_pupil, strict=True)
    ]
    return Sheet(t(title), rows, heading_rows=2)


def all_sheets(marks: ClassMarks) -> list[Sheet]:
    """All tables, as they stand in one workbook."""
    return [marks_by_lesson(marks, titled), marks_by_skill(marks, "strands"), marks_by_skill(marks, "digcomp"), _corrections(marks)]


def _corrections(marks: ClassMarks) -> Sheet:
    """What a teacher has set by hand, and why."""
    rows: list[Sequence[Cell]] = [[t(word) for word in (key("Number"), key("First name"), key("Lesson"), key("Points"), key("Reason"))]]
    for one in marks.pupils:
        for lesson in marks.lessons:
            mark = one.lessons.get(lesson.id)
            if mark is not None and mark.correction is not None:
                rows.append([one.pupil.number, one.pupil.first_name, titled(lesson), mark.points, mark.correction.reason])
    return Sheet(t(key("Corrections")), rows)


def titled(lesson: Lesson) -> str:
    """A lesson's number and title."""
    return f"{short_name(lesson.id)} {lesson.texts[language_for(current_language().code, lesson.texts)].title}"
