"""What stands in a pupil's report, in the user's language: plain facts out of the marks, no praise."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lovhe.apps.language import key, t
from lovhe.apps.teaching.marks_tables import short_name, titled
from lovhe.apps.teaching.wiring import pdf_paper
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.skill_words import DIGCOMP, STRANDS, skill_word
from lovhe.core.marks.class_marks import ClassMarks, PupilMarks, SkillKind, SkillMark
from lovhe.core.messages import N_
from lovhe.core.paper.pupil_report import Bar, Bars, Facts, PupilReport, lay_out
from lovhe.core.paper.sheet import Sheet, WidthOf
from lovhe.core.pupils.pupil import Pupil

if TYPE_CHECKING:
    from lovhe.adapters.pdf_paper import PdfPaper

_STRONG = 0.8
"""From this share of the points on, a skill stands among what went well."""
_MOST_SKILLS, _MOST_LESSONS, _MOST_NAMES = 4, 4, 8


def report_files(marks: ClassMarks, pupils: Sequence[Pupil], day: datetime.date, where: Path) -> Iterator[tuple[Path, bytes]]:
    """The reports of these pupils as one PDF; for a folder, as one each, called by class and number. Raises `UnavailableError`."""
    if not where.is_dir():
        yield where, reports_pdf(marks, pupils, day)
        return
    reports = _reports(marks, pupils, day)
    paper = _paper(reports)
    for pupil, report in zip((one.pupil for one in marks.pupils if one.pupil in pupils), reports, strict=True):
        yield where / f"{pupil.class_name}-{pupil.number:02}.pdf", paper.pdf(partial(_pages, [report]))


def reports_pdf(marks: ClassMarks, pupils: Sequence[Pupil], day: datetime.date) -> bytes:
    """The reports of these pupils as one PDF. Raises `UnavailableError`."""
    reports = _reports(marks, pupils, day)
    return _paper(reports).pdf(partial(_pages, reports))


def _reports(marks: ClassMarks, pupils: Sequence[Pupil], day: datetime.date) -> list[PupilReport]:
    return [pupil_report(marks, one, day) for one in marks.pupils if one.pupil in pupils]


def _paper(reports: Sequence[PupilReport]) -> PdfPaper:
    return pdf_paper(msgspec.json.encode(reports).decode())


def _pages(reports: Sequence[PupilReport], width_of: WidthOf) -> list[Sheet]:
    return [lay_out(report, width_of) for report in reports]


def pupil_report(marks: ClassMarks, one: PupilMarks, day: datetime.date) -> PupilReport:
    """The report of one of the class's pupils, as it is on that day."""
    pupil = one.pupil
    skills = [_skills(marks, one, "strands"), _skills(marks, one, "digcomp")]
    return PupilReport(
        title=pupil.first_name,
        below=t(N_("Class {name}, number {number}", name=pupil.class_name, number=pupil.number)),
        date=f"{day:%d.%m.%Y}",
        summary=_summary(one),
        lessons=Bars(t(key("Lessons")), _lessons(marks, one), t(key("Points")), t(key("Attempts"))),
        skills=[bars for bars in skills if bars.bars],
        facts=[Facts(t(key("What went well")), _went_well(marks, one)), Facts(t(key("What comes next")), _comes_next(marks, one))],
    )


def _summary(one: PupilMarks) -> str:
    begun = one.lessons.values()
    if not begun:
        return t(N_("Nothing has been handed in yet."))
    points = N_(
        "{points} of {total} points in {n} lesson that was begun.",
        "{points} of {total} points in {n} lessons that were begun.",
        points=one.points,
        total=sum(mark.total for mark in begun),
        n=len(begun),
    )
    tries = N_("{n} attempt was handed in.", "{n} attempts were handed in.", n=sum(mark.attempts for mark in begun))
    return f"{t(points)} {t(tries)}"


def _lessons(marks: ClassMarks, one: PupilMarks) -> list[Bar]:
    bars = []
    for lesson in marks.lessons:
        if (mark := one.lessons.get(lesson.id)) is not None:
            note = t(N_("Set by the teacher: {reason}", reason=mark.correction.reason)) if mark.correction is not None else ""
            bars.append(Bar(titled(lesson), mark.points, mark.total, str(mark.attempts), note))
    return bars


def _skills(marks: ClassMarks, one: PupilMarks, kind: SkillKind) -> Bars:
    title = t(key("Digital Skills") if kind == "strands" else key("DigComp 2.2"))
    return Bars(title, [Bar(_skill_name(kind, name), skill.points, skill.total) for name, skill in marks.skills(one, kind).items()])


def _skill_name(kind: SkillKind, name: str) -> str:
    return t(skill_word(STRANDS, name)) if kind == "strands" else f"{name} {t(skill_word(DIGCOMP, name))}"


def _went_well(marks: ClassMarks, one: PupilMarks) -> list[str]:
    """Lessons with all points, and the skills with the most."""
    full = [lesson for lesson in marks.lessons if (mark := one.lessons.get(lesson.id)) is not None and mark.points == mark.total]
    sentences = []
    if full:
        names = ", ".join(short_name(lesson.id) for lesson in full[-_MOST_NAMES:])
        shown = f"…, {names}" if len(full) > _MOST_NAMES else names
        sentences.append(t(N_("All points in {n} lesson: {names}.", "All points in {n} lessons: {names}.", n=len(full), names=shown)))
    strong = [
        (skill, _skill_name(kind, name))
        for kind in ("strands", "digcomp")
        for name, skill in marks.skills(one, kind).items()
        if _share(skill) >= _STRONG
    ]
    strong.sort(key=lambda found: -_share(found[0]))
    sentences += [
        t(N_("{skill}: {points} of {total} points.", skill=name, points=skill.points, total=skill.total))
        for skill, name in strong[:_MOST_SKILLS]
    ]
    return sentences or [t(N_("No lesson has all its points yet."))]


def _share(skill: SkillMark) -> float:
    return skill.points / max(1, skill.total)


def _comes_next(marks: ClassMarks, one: PupilMarks) -> list[str]:
    """Lessons whose goal is not passed, then those that the class has begun and this pupil has not."""
    if not marks.lessons:
        return [t(N_("The first lesson."))]
    open_lessons = [lesson for lesson in marks.lessons if _is_open(one, lesson)]
    begun_first = sorted(open_lessons, key=lambda lesson: lesson.id not in one.lessons)
    sentences = [_open_words(one, lesson) for lesson in begun_first[:_MOST_LESSONS]]
    if (rest := len(open_lessons) - _MOST_LESSONS) > 0:
        sentences.append(t(N_("And {n} more lesson.", "And {n} more lessons.", n=rest)))
    return sentences or [t(N_("All lessons that the class has begun are finished."))]


def _is_open(one: PupilMarks, lesson: Lesson) -> bool:
    mark = one.lessons.get(lesson.id)
    return mark is None or (mark.state != "checked" and mark.points < mark.total)


def _open_words(one: PupilMarks, lesson: Lesson) -> str:
    mark = one.lessons.get(lesson.id)
    if mark is None:
        return t(N_("{lesson}: the class has begun it, nothing has been handed in yet.", lesson=titled(lesson)))
    return t(
        N_(
            "{lesson}: {points} of {total} points, the goal is not reached yet.",
            lesson=titled(lesson),
            points=mark.points,
            total=mark.total,
        )
    )
