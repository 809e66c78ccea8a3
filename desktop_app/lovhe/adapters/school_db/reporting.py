"""Reports from the summaries: a school's by class, a country's by school. Pupils who have left school are in neither."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from lovhe.adapters.results_db.models import ClassRow, PupilRow
from lovhe.adapters.school_db.models import SchoolClassRow, SchoolRow, SummaryRow
from lovhe.adapters.school_db.opening import SchoolDb
from lovhe.core.marks.summaries import ReportRow
from lovhe.core.pupils.pupil import class_order

Query = Select[*tuple[Any, ...]]


def schools_report(db: SchoolDb) -> list[ReportRow]:
    """A row a school, by name. Raises `LovheError`."""
    return sorted(_rows(db, schools_query()), key=lambda row: row.name.casefold())


def classes_report(db: SchoolDb, school: str) -> list[ReportRow]:
    """A row a class of the school, as a school orders them; none where it has sent nothing. Raises `LovheError`."""
    return sorted(_rows(db, classes_query(school)), key=lambda row: class_order(row.name))


def schools_query() -> Query:
    """One pass over all summaries."""
    return _by(SchoolRow.id, SchoolRow.name)


def classes_query(school: str) -> Query:
    """From the school to its classes, their pupils and these pupils' summaries, each by an index."""
    return _by(ClassRow.id, ClassRow.name).where(SchoolRow.name == school)


def _by(key: InstrumentedAttribute[str], name: InstrumentedAttribute[str]) -> Query:
    sums = [cast(func.sum(column), Integer) for column in (SummaryRow.begun, SummaryRow.passed, SummaryRow.points, SummaryRow.total)]
    counts = [func.count().filter(condition) for condition in (SummaryRow.stuck > 0, SummaryRow.waiting)]
    return (
        select(name, func.count(), *sums, *counts)
        .select_from(SummaryRow)
        .join(PupilRow, PupilRow.id == SummaryRow.pupil_id)
        .join(ClassRow, ClassRow.id == PupilRow.class_id)
        .join(SchoolClassRow, SchoolClassRow.class_id == ClassRow.id)
        .join(SchoolRow, SchoolRow.id == SchoolClassRow.school_id)
        .where(ClassRow.has_left.is_(False))
        .group_by(key)
    )


def _rows(db: SchoolDb, query: Query) -> list[ReportRow]:
    with db.reads() as session:
        return [ReportRow(*row) for row in session.execute(query)]
