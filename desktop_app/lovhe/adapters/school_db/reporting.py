"""Reports from the summaries: a school's by class, a country's by school. Pupils who have left school are in neither."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Select, Subquery, cast, func, select

from lovhe.adapters.results_db.models import ClassRow
from lovhe.adapters.school_db.models import SchoolClassRow, SchoolRow, SummaryRow
from lovhe.adapters.school_db.opening import SchoolDb
from lovhe.core.marks.summaries import ReportRow
from lovhe.core.pupils.pupil import class_order

Query = Select[*tuple[Any, ...]]

_SUMS = ReportRow.__struct_fields__[1:]


def schools_report(db: SchoolDb) -> list[ReportRow]:
    """A row a school, by name. Raises `LovheError`."""
    return sorted(_rows(db, schools_query()), key=lambda row: row.name.casefold())


def classes_report(db: SchoolDb, school: str) -> list[ReportRow]:
    """A row a class of the school, as a school orders them; none where it has sent nothing. Raises `LovheError`."""
    return sorted(_rows(db, classes_query(school)), key=lambda row: class_order(row.name))


def schools_query() -> Query:
    """One pass over all summaries, by class; then what are few rows by school."""
    sums = _by_class().subquery()
    totals = [cast(func.sum(sums.c[name]), BigInteger) for name in _SUMS]
    of_schools = select(SchoolRow.name, *totals).join_from(sums, SchoolClassRow, SchoolClassRow.class_id == sums.c.class_id)
    return _at_school(of_schools.join(SchoolRow, SchoolRow.id == SchoolClassRow.school_id), sums).group_by(SchoolRow.id)


def classes_query(school: str) -> Query:
    """From the school to its classes and the summaries of these, each by an index."""
    classes = select(SchoolClassRow.class_id).join(SchoolRow, SchoolRow.id == SchoolClassRow.school_id).where(SchoolRow.name == school)
    sums = _by_class().where(SummaryRow.class_id.in_(classes)).subquery()
    return _at_school(select(ClassRow.name, *(sums.c[name] for name in _SUMS)).select_from(sums), sums)


def _by_class() -> Query:
    """The columns of a `ReportRow` but its name, by class."""
    row = SummaryRow
    sums = [func.sum(column) for column in (row.begun, row.passed, row.points, row.total)]
    counts = [func.count().filter(condition) for condition in (row.stuck > 0, row.waiting)]
    columns = [func.count(), *sums, *counts]
    return select(row.class_id, *(column.label(name) for column, name in zip(columns, _SUMS, strict=True))).group_by(row.class_id)


def _at_school(query: Query, sums: Subquery) -> Query:
    return query.join(ClassRow, ClassRow.id == sums.c.class_id).where(ClassRow.has_left.is_(False))


def _rows(db: SchoolDb, query: Query) -> list[ReportRow]:
    with db.reads() as session:
        return [ReportRow(*row) for row in session.execute(query)]
