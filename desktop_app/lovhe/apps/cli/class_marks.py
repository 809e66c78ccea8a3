"""`lovhe class marks`: what a class has reached, on the screen and for Excel."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from lovhe.apps.cli.command import LovheCommand
from lovhe.apps.cli.options import json_option
from lovhe.apps.cli.output import say, show_json, show_table
from lovhe.apps.language import current_language, key
from lovhe.core.marks.class_marks import BY, SKILL_KINDS, By, ClassMarks, Counted, LessonMark, PupilMarks, SkillMark
from lovhe.core.messages import N_
from lovhe.core.tables import Cell, Sheet


@click.command(
    "marks",
    cls=LovheCommand,
    help=key(
        "Show the points of a class by lesson, by strand of Digital Skills or by DigComp competence.\n\n"
        "Each pupil gets what they have handed in, alone or with others. Lessons that nobody in the class has begun are left out."
    ),
)
@click.argument("class_name", metavar="CLASS")
@click.option("--by", metavar="|".join(BY), type=click.Choice(BY), default="lessons", help=key("What the columns are."))
@click.option("--last", is_flag=True, help=key("Count the newest attempt at each step instead of the best one."))
@click.option("--csv", "csv_file", metavar="FILE", type=click.Path(path_type=Path), help=key("Write this table as text for Excel."))
@click.option("--xlsx", "xlsx_file", metavar="FILE", type=click.Path(path_type=Path), help=key("Write all tables as an Excel file."))
@json_option
def marks_command(class_name: str, by: By, last: bool, csv_file: Path | None, xlsx_file: Path | None, as_json: bool) -> None:
    """Files that are written hold all columns; the screen shows the newest that fit."""
    from lovhe.apps import wiring
    from lovhe.apps.teaching.classes import class_called
    from lovhe.apps.teaching.marks_tables import all_sheets, marks_table, short_name, titled
    from lovhe.apps.teaching.wiring import xlsx_bytes
    from lovhe.apps.user_files import write_whole
    from lovhe.core.marks.class_marks import class_marks
    from lovhe.core.tables import csv_bytes

    counted: Counted = "last" if last else "best"
    lessons = wiring.kit().lessons(broken=lambda problem: say(problem.what))
    with wiring.results() as store:
        school_class = class_called(store.roster().classes(), class_name)
        ids = [pupil.id for pupil in school_class.pupils]
        tried, corrections = store.progress_of(ids), store.audit().corrections(ids)
    marks = class_marks(lessons, school_class.pupils, tried, counted, corrections)
    if csv_file is not None:
        write_whole(csv_file, csv_bytes(marks_table(marks, by, titled), current_language().decimal_mark))
        say(N_("The marks of {name} are in {file}.", name=school_class.name, file=str(csv_file)))
    if xlsx_file is not None:
        write_whole(xlsx_file, xlsx_bytes(all_sheets(marks)))
        say(N_("The marks of {name} are in {file}.", name=school_class.name, file=str(xlsx_file)))
    if as_json:
        show_json(_as_object(marks))
    elif csv_file is None and xlsx_file is None:
        if not marks.lessons:
            say(N_("Nobody in {name} has handed in anything yet.", name=school_class.name))
            return
        if any(mark.correction is not None for one in marks.pupils for mark in one.lessons.values()):
            say(N_("Some points were set by hand; --xlsx says which, and why."))
        _show(marks_table(marks, by, lambda lesson: short_name(lesson.id)))


def _show(sheet: Sheet) -> None:
    """The table, with as many of its last columns as the terminal has room for."""
    headings, *rows = [[_text(cell) for cell in row] for row in sheet.rows]
    columns = range(2, len(headings))
    if sys.stdout.isatty():
        widths = [_width(column) for column in zip(headings, *rows, strict=True)]
        room = shutil.get_terminal_size().columns - sum(widths[:2])
        shown = sum(sum(widths[column:]) <= room for column in columns)
        columns = columns[len(columns) - max(1, shown) :]
        if left_out := len(headings) - 2 - len(columns):
            say(
                N_(
                    "{n} column has no room here; --csv and --xlsx write all.",
                    "{n} columns have no room here; --csv and --xlsx write all.",
                    n=left_out,
                )
            )
    show_table(
        [*headings[:2], *(headings[column] for column in columns)], [[*row[:2], *(row[column] for column in columns)] for row in rows]
    )


def _width(column: Sequence[str]) -> int:
    """In letters, with the gap of two to the next one; a heading is folded between words."""
    heading, *cells = column
    return max(map(len, [*heading.split(), *cells])) + 2


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _as_object(marks: ClassMarks) -> dict[str, object]:
    return {
        "lessons": {lesson.id: marks.totals[lesson.id] for lesson in marks.lessons},
        "pupils": [_pupil_as_object(one, marks) for one in marks.pupils],
    }


def _pupil_as_object(one: PupilMarks, marks: ClassMarks) -> dict[str, object]:
    return {
        "id": one.pupil.id,
        "number": one.pupil.number,
        "name": one.pupil.first_name,
        "points": one.points,
        "lessons": {name: _lesson_as_object(mark) for name, mark in one.lessons.items()},
        **{str(kind): _points(marks.skills(one, kind)) for kind in SKILL_KINDS},
    }


def _lesson_as_object(mark: LessonMark) -> dict[str, object]:
    said: dict[str, object] = {
        "points": mark.points,
        "total": mark.total,
        "state": mark.state,
        "attempts": mark.attempts,
        "newest": mark.newest_utc,
    }
    return said | ({"reason": mark.correction.reason} if mark.correction is not None else {})


def _points(skills: Mapping[str, SkillMark]) -> dict[str, dict[str, int]]:
    return {name: {"points": mark.points, "total": mark.total} for name, mark in skills.items()}
