"""A class's marks out of a school's year: 172,800 attempts in one file.

The peer is what a teacher does with the table that every tool can write: all attempts as CSV, and the best of each pupil and lesson
picked from it, here by Python's `csv`, which is faster at it than a spreadsheet program that has to open the file first.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.marks.class_marks import ClassMarks, class_marks
from lovhe.core.pupils.pupil import SchoolClass
from sqlalchemy import select

from tests.bench.table import Row, paired
from tests.full_school import lessons_of_a_year, make_full_school


def rows() -> Iterator[Row]:
    """The overview, and the size of the file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "results.sqlite"
        make_full_school(file)
        lessons = lessons_of_a_year()
        with SqlResults(file) as store:
            classes = store.roster().classes()
            table = _as_csv(store)

            def ours(school_class: SchoolClass) -> ClassMarks:
                return class_marks(lessons, school_class.pupils, store.progress_of([pupil.id for pupil in school_class.pupils]))

            of_one = classes[len(classes) // 2]
            found, picked = ours(of_one), _picked(table, [pupil.id for pupil in of_one.pupils])
            assert len(picked) == sum(len(one.lessons) for one in found.pupils)
            ours_s, peer_s = paired(lambda: ours(of_one), lambda: _picked(table, [pupil.id for pupil in of_one.pupils]))
        attempts = table.count("\n")
        yield Row("a class's marks, best attempt of each", ours_s, "all attempts as CSV, picked by Python", peer_s, limit="0.1 s at most")
        size_mb = file.stat().st_size / 1e6
        yield Row(f"  the file, {attempts} attempts with programs and evidence", size_mb, "the CSV, without them", len(table) / 1e6, "M")


def _as_csv(store: SqlResults) -> str:
    from lovhe.adapters.results_db.models import AttemptRow, MakerRow

    text = io.StringIO(newline="")
    columns = (MakerRow.pupil_id, AttemptRow.lesson_id, AttemptRow.step, AttemptRow.outcome, AttemptRow.points, AttemptRow.when)
    with store._engine.connect() as connection:
        csv.writer(text, lineterminator="\n").writerows(
            connection.execute(select(*columns).join(MakerRow, MakerRow.attempt_id == AttemptRow.id))
        )
    return text.getvalue()


def _picked(table: str, pupils: Sequence[str]) -> dict[tuple[str, str], int]:
    wanted, best = set(pupils), dict[tuple[str, str], int]()
    for pupil, lesson, _, _, points, _ in csv.reader(io.StringIO(table, newline="")):
        if pupil in wanted:
            best[pupil, lesson] = max(best.get((pupil, lesson), 0), int(points))
    return best
