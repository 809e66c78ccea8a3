"""Marks are written as new files that hold all of them, and points set by hand are kept with their reason."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from lovhe.apps import wiring
from lovhe.apps.attempts import record_attempt
from lovhe.apps.teaching.marks_files import KINDS, FileKind, read_marks, set_points, take_back, worth, write_marks
from lovhe.core.checks.report import Report
from lovhe.core.errors import InputError
from lovhe.core.marks.class_marks import ClassMarks
from lovhe.core.pupils.pupil import SchoolClass

from tests.school_classes import add_pupils

BLINK = "6-01-blink"
DAY = datetime.date(2026, 11, 23)


def _kind(ending: str) -> FileKind:
    return next(kind for kind in KINDS if kind.ending == ending)


@pytest.fixture
def school_class() -> SchoolClass:
    """Aysel has handed in twice, the second time something worse; Murad nothing."""
    with wiring.results() as store:
        aysel, _ = add_pupils(store.roster(), "7A", ["Aysel", "Murad"])
        lesson = wiring.kit().lesson(BLINK)
        step = next(one.id for one in lesson.file.step if one.kind == "make")
        for points in (3, 1):
            report = Report(BLINK, "failed", points, 9, [], step=step)
            record_attempt(store, lesson, report, [], board="b", program="", pupils=[aysel])
        return store.roster().classes()[0]


def _points(marks: ClassMarks) -> int | None:
    mark = marks.pupils[0].lessons.get(BLINK)
    return mark.points if mark is not None else None


def test_the_best_or_the_last_attempt_counts(school_class: SchoolClass) -> None:
    """As the teacher wants it."""
    assert _points(read_marks(school_class, "best")) == 3
    assert _points(read_marks(school_class, "last")) == 1


def test_points_are_set_and_taken_back_with_a_reason(school_class: SchoolClass) -> None:
    """What cannot be changes nothing."""
    aysel, lesson = school_class.pupils[0], wiring.kit().lesson(BLINK)
    total = worth(lesson)
    for points, reason in (("", "r"), ("x", "r"), ("-1", "r"), (str(total + 1), "r"), ("9" * 5000, "r"), ("2", " ")):
        with pytest.raises(InputError):
            set_points(aysel, lesson, points, total, reason)
    assert _points(read_marks(school_class, "best")) == 3
    assert set_points(aysel, lesson, " 2 ", total, "copied from Murad") == 2
    mark = read_marks(school_class, "best").pupils[0].lessons[BLINK]
    assert (mark.points, mark.correction and mark.correction.reason) == (2, "copied from Murad")
    with pytest.raises(InputError):
        take_back(aysel, lesson, "")
    take_back(aysel, lesson, "a mistake")
    assert _points(read_marks(school_class, "best")) == 3
    with wiring.results() as store:
        assert store.audit().faults() == []
        assert store.audit().head()[0] == 2


def test_a_file_holds_all_and_never_takes_the_place_of_another(school_class: SchoolClass, tmp_path: Path) -> None:
    """The second one of a day gets a number; a folder that is not there is told."""
    marks = read_marks(school_class, "best")
    text = [write_marks(tmp_path, school_class, marks, "lessons", _kind("csv"), DAY) for _ in range(2)]
    assert [file.name for file in text] == ["Marks 7A 2026-11-23.csv", "Marks 7A 2026-11-23 (2).csv"]
    rows = list(csv.reader(io.StringIO(text[0].read_text("utf-8-sig"))))
    assert [row[1] for row in rows] == ["First name", "Maximum", "Aysel", "Murad"]
    assert rows[2][2:] == ["3", "3"]
    book = openpyxl.load_workbook(write_marks(tmp_path, school_class, marks, "digcomp", _kind("xlsx"), DAY))
    assert [book.worksheets[0].cell(row, 2).value for row in (3, 4)] == ["Aysel", "Murad"]
    assert len(book.worksheets) == 4
    assert write_marks(tmp_path, school_class, marks, "lessons", _kind("pdf"), DAY).read_bytes().startswith(b"%PDF-")
    with pytest.raises(InputError):
        write_marks(tmp_path / "gone", school_class, marks, "lessons", _kind("csv"), DAY)
