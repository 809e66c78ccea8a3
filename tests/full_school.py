"""A school's results of a year in one file, with real reports and evidence: 40 classes × 30 pupils × 48 lessons × 3 attempts."""

from __future__ import annotations

import datetime
import itertools
import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import uuid_utils
from lovhe.adapters.results_db.models import AttemptRow, CheckRow, EvidenceRow, MakerRow
from lovhe.adapters.results_db.store import SqlResults
from lovhe.apps import wiring
from lovhe.core.checks.evidence import encode_events
from lovhe.core.checks.report import Report, encode_report
from lovhe.core.lessons.lesson import Lesson
from lovhe.services.checking import check_program
from sqlalchemy import Table, create_engine, insert

from tests.school_classes import add_pupils

CLASSES, PUPILS, LESSONS, ATTEMPTS = 40, 30, 48, 3

_GRADES, _LETTERS = range(5, 12), "ABCDEF"
_REAL_RUNS = 4
_BEGIN = datetime.datetime(2026, 9, 15, 8, tzinfo=datetime.UTC)
_ROWS_AT_ONCE = 3000


def lessons_of_a_year() -> list[Lesson]:
    """The kit's lessons, and as many again under other names."""
    lessons = wiring.kit().lessons()
    again = [msgspec.structs.replace(lesson, id=f"x{lesson.id}") for lesson in lessons]
    return (lessons + again)[:LESSONS]


def make_full_school(path: Path, classes: int = CLASSES) -> list[str]:
    """Make the file; the names of its classes. Takes about a minute for all of them."""
    names = [f"{grade}{letter}" for grade in _GRADES for letter in _LETTERS][:classes]
    runs = _real_runs()
    with SqlResults(path) as store:
        pupils = {
            name: [pupil.id for pupil in add_pupils(store.roster(), name, [f"Ad{chr(97 + n % 26)}" for n in range(PUPILS)])]
            for name in names
        }
    engine = create_engine(f"sqlite:///{path}")
    rows = _rows(lessons_of_a_year(), [pupil for one in pupils.values() for pupil in one], runs)
    tables: Sequence[Table] = [model.__table__ for model in (AttemptRow, CheckRow, EvidenceRow, MakerRow)]  # type: ignore[misc]
    with engine.begin() as connection:
        while some := list(itertools.islice(rows, _ROWS_AT_ONCE)):
            for place, table in enumerate(tables):
                values = [value for row in some for value in row[place]]
                connection.execute(insert(table), values)
    engine.dispose()
    return names


class _Run(NamedTuple):
    """A real program's run: the report, its JSON, and its evidence as it is stored."""

    report: Report
    report_json: bytes
    events: bytes
    program: str


def _real_runs() -> list[_Run]:
    """The first right program of some lessons, on virtual boards."""
    found = []
    for lesson in wiring.kit().lessons()[:_REAL_RUNS]:
        source = next(iter(lesson.solutions.values()))
        with wiring.virtual_bench(lesson) as (link, stage):
            report, events = check_program(lesson, source, link, stage, runtime=wiring.runtime())
        found.append(_Run(report, encode_report(report), zlib.compress(encode_events(events), 6), source))
    return found


def _rows(lessons: Sequence[Lesson], pupils: Sequence[str], runs: Sequence[_Run]) -> Iterator[list[list[dict[str, object]]]]:
    """For each attempt the rows of each of the tables; the same each time but for the keys."""
    chance = random.Random(7)
    when = _BEGIN
    goals = {lesson.id: lesson.goal.id if lesson.goal is not None else "" for lesson in lessons}
    for lesson, attempt, pupil in itertools.product(lessons, range(ATTEMPTS), pupils):
        run = chance.choice(runs)
        when += datetime.timedelta(seconds=60)
        key = str(uuid_utils.uuid7())
        passed = attempt == ATTEMPTS - 1 and chance.random() < 0.8
        points = run.report.total if passed else chance.randrange(run.report.total)
        outcome = "passed" if passed else "failed"
        attempt_row: dict[str, object] = {"id": key, "lesson_id": lesson.id, "step": goals[lesson.id], "board": "7A-1", "student": ""}
        attempt_row |= {"when_utc": when, "outcome": outcome, "points": points, "total": run.report.total}
        attempt_row |= {"program": run.program, "report": run.report_json}
        outcomes = [(check.id, "passed" if passed else check.outcome) for check in run.report.checks]
        yield [
            [attempt_row],
            [{"attempt_id": key, "position": place, "check_id": check, "outcome": one} for place, (check, one) in enumerate(outcomes)],
            [{"attempt_id": key, "events": run.events}],
            [{"attempt_id": key, "pupil_id": pupil}],
        ]
