"""Reports out of PostgreSQL: 250,000 pupils of 500 schools, summed up; and the sending of a school's year.

The peer is the same table in a spreadsheet's way: all summaries as CSV, and the sums picked from them by Python's `csv`.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lovhe.adapters.school_db.opening import SchoolDb
from lovhe.adapters.school_db.outgoing import Outgoing
from lovhe.adapters.school_db.pushing import push
from lovhe.adapters.school_db.reporting import Query, classes_query, classes_report, schools_query, schools_report
from sqlalchemy.dialects import postgresql

from tests.bench.table import Row, paired, seconds
from tests.full_country import CLASSES, PUPILS, SCHOOLS, make_country
from tests.full_school import lessons_of_a_year, make_full_school
from tests.postgres_server import PostgresServer

_SENT_CLASSES = 8


def rows() -> Iterator[Row]:
    """A school's and the country's report, then a school that sends; the plans go to standard error."""
    server = PostgresServer()
    try:
        yield from _reports(server)
        yield from _sending(server)
    finally:
        server.close()


def _reports(server: PostgresServer) -> Iterator[Row]:
    address = server.new_database()
    name = address.rpartition("/")[2]
    with SchoolDb(address, writes=True) as db:
        make_country(server, name)
        table = _as_csv(server, name)
        school = f"AZ-{SCHOOLS // 2}"
        assert len(classes_report(db, school)) == CLASSES
        assert sum(row.pupils for row in schools_report(db)) == SCHOOLS * CLASSES * PUPILS
        ours_s, peer_s = paired(lambda: classes_report(db, school), lambda: _picked(table))
        yield Row("a school's report of 500 pupils, among 250,000", ours_s, "all as CSV, picked by Python", peer_s, limit="0.2 s at most")
        ours_s, peer_s = paired(lambda: schools_report(db), lambda: _picked(table))
        yield Row("the report of all 500 schools", ours_s, "all as CSV, picked by Python", peer_s, limit="2 s at most")
        for query in (classes_query(school), schools_query()):
            print(_plan(server, name, query), file=sys.stderr)


def _sending(server: PostgresServer) -> Iterator[Row]:
    lessons = lessons_of_a_year()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "results.sqlite"
        make_full_school(file, _SENT_CLASSES)
        with SchoolDb(server.new_database(), writes=True) as db, Outgoing(file) as own:
            attempts = own.amount().attempts
            first_s = seconds(lambda: push(db, own, "AZ-1", lessons))
            again_s = seconds(lambda: push(db, own, "AZ-1", lessons))
            [row] = schools_report(db)
            assert row.waiting == 0
        size_mb = file.stat().st_size / 1e6
    yield Row(f"sent again: {attempts} attempts, {size_mb:.0f} MB, are there", again_s, "sent the first time", first_s)


def _as_csv(server: PostgresServer, name: str) -> str:
    columns = "sc.name, c.name, s.begun, s.points, s.total"
    joined = "summaries s JOIN pupils p ON p.id = s.pupil_id JOIN classes c ON c.id = p.class_id JOIN school_classes m ON m.class_id = c.id"
    text = io.StringIO(newline="")
    csv.writer(text).writerows(server.sql(f"SELECT {columns} FROM {joined} JOIN schools sc ON sc.id = m.school_id", name))
    return text.getvalue()


def _picked(table: str) -> dict[str, Counter[str]]:
    found = dict[str, Counter[str]]()
    for school, _, begun, points, total in csv.reader(io.StringIO(table, newline="")):
        found.setdefault(school, Counter()).update(pupils=1, begun=int(begun), points=int(points), total=int(total))
    return found


def _plan(server: PostgresServer, name: str, query: Query) -> str:
    sql = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    return "\n".join(line for (line,) in server.sql(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", name))
