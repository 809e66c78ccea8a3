"""A class's marks, read from what is stored, corrected by hand, and written as files."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from lovhe.apps import wiring
from lovhe.apps.language import current_language, key, t
from lovhe.apps.teaching.marks_tables import all_sheets, marks_table, titled
from lovhe.apps.user_files import write_new
from lovhe.apps.workspace.lesson_list import read_shelf
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.progress import step_totals
from lovhe.core.marks.class_marks import By, ClassMarks, Counted, class_marks
from lovhe.core.marks.corrections import check_reason, points_typed
from lovhe.core.pupils.pupil import Pupil, SchoolClass
from lovhe.core.tables import csv_bytes


class FileKind(NamedTuple):
    """A kind of file that marks can be written as.

    `name` is marked with `key`; `made` makes the file of the marks, of what is in view, and of the day.
    """

    ending: str
    name: str
    made: Callable[[ClassMarks, By, datetime.date], bytes]


def _xlsx(marks: ClassMarks, by: By, day: datetime.date) -> bytes:
    from lovhe.apps.teaching.wiring import xlsx_bytes

    return xlsx_bytes(all_sheets(marks))


def _csv(marks: ClassMarks, by: By, day: datetime.date) -> bytes:
    return csv_bytes(marks_table(marks, by, titled), current_language().decimal_mark)


def _pdf(marks: ClassMarks, by: By, day: datetime.date) -> bytes:
    from lovhe.apps.teaching.pupil_report import reports_pdf

    return reports_pdf(marks, [one.pupil for one in marks.pupils], day)


KINDS = (
    FileKind("xlsx", key("Excel file with all tables (XLSX)"), _xlsx),
    FileKind("csv", key("The table in view as text for Excel (CSV)"), _csv),
    FileKind("pdf", key("A page for each pupil, to be printed (PDF)"), _pdf),
)


def read_marks(school_class: SchoolClass, counted: Counted) -> ClassMarks:
    """The marks of a class. Takes a tenth of a second: not for the event loop. Raises `LovheError`."""
    lessons = read_shelf().lessons
    ids = [pupil.id for pupil in school_class.pupils]
    with wiring.results() as store:
        tried, corrections = store.progress_of(ids), store.audit().corrections(ids)
    return class_marks(lessons, school_class.pupils, tried, counted, corrections)


def write_marks(folder: Path, school_class: SchoolClass, marks: ClassMarks, by: By, kind: FileKind, day: datetime.date) -> Path:
    """Write them as a new file; where it is. Not for the event loop. Raises `InputError`."""
    name = f"{t(key('Marks'))} {school_class.name} {day.isoformat()}"
    return write_new(folder, name, kind.ending, kind.made(marks, by, day))


def set_points(pupil: Pupil, lesson: Lesson, points: str, total: int, reason: str) -> int:
    """Set a pupil's points, of `total`, in a lesson as they were typed, with the reason; how many. Not for the event loop.

    Raises `InputError` for what cannot be, `ResultsError`; then nothing is changed.
    """
    wanted, why = points_typed(points.strip(), total), check_reason(reason)
    with wiring.results() as store:
        store.audit().correct(pupil.id, lesson.id, wanted, why)
    return wanted


def take_back(pupil: Pupil, lesson: Lesson, reason: str) -> None:
    """What was handed in counts again. Not for the event loop. Raises `InputError`, `ResultsError`; then nothing is changed."""
    why = check_reason(reason)
    with wiring.results() as store:
        store.audit().correct(pupil.id, lesson.id, None, why)


def worth(lesson: Lesson) -> int:
    """The most points that can be had in a lesson."""
    return sum(step_totals(lesson).values())
