"""The report of a school reads what is the school's; that of a country all, once."""

from __future__ import annotations

import pytest
from lovhe.adapters.school_db.opening import SchoolDb
from lovhe.adapters.school_db.reporting import classes_query, classes_report, schools_query, schools_report
from lovhe.core.errors import InputError
from lovhe.core.marks.summaries import ReportRow
from sqlalchemy import Select
from sqlalchemy.dialects import postgresql

from tests.full_country import CLASSES, PUPILS, make_country
from tests.postgres_server import PostgresServer

from .conftest import Pc


def _plan(postgres: PostgresServer, database: str, query: Select[*tuple[object, ...]]) -> list[tuple[str, str]]:
    """How each table is read for a query: the table, and the kind of reading."""
    sql = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    [[[plan]]] = postgres.sql(f"EXPLAIN (FORMAT JSON) {sql}", database)
    nodes = [plan["Plan"]]
    for node in nodes:
        nodes.extend(node.get("Plans", ()))
    return sorted((node["Relation Name"], node["Node Type"]) for node in nodes if "Relation Name" in node)


def test_a_school_is_found_by_indexes_among_many(address: str, postgres: PostgresServer) -> None:
    """The summaries are not read whole for it; for all schools they are, once, and the pupils not at all."""
    with SchoolDb(address, writes=True) as db:
        name = address.rpartition("/")[2]
        make_country(postgres, name, schools=40)
        for_one = dict(_plan(postgres, name, classes_query("AZ-7")))
        assert for_one["summaries"] in ("Index Scan", "Bitmap Heap Scan")
        for_all = _plan(postgres, name, schools_query())
        assert [table for table, _ in for_all] == ["classes", "school_classes", "schools", "summaries"]
        assert [(row.pupils, row.begun, row.total) for row in classes_report(db, "AZ-7")] == [(PUPILS, 20 * PUPILS, 300 * PUPILS)] * CLASSES
        rows = schools_report(db)
    assert len(rows) == 40
    assert {row.pupils for row in rows} == {CLASSES * PUPILS}


def test_classes_come_in_the_order_of_a_school_without_those_that_have_left(pc: Pc, address: str) -> None:
    """Who has handed in nothing is a pupil all the same; what cannot be divided has no percent."""
    for name in ("10A", "6B", "6A"):
        pc.add(name, "Aysel", "Murad")
    with pc.store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE classes SET has_left = 1 WHERE name = '6A'")
    pc.push(address)
    with SchoolDb(address, writes=False) as db:
        assert classes_report(db, "AZ-17") == [ReportRow(name, 2, 0, 0, 0, 0, 0) for name in ("6B", "10A")]
        assert classes_report(db, "AZ-1") == []
    assert ReportRow("6B", 2, 0, 0, 0, 0, 0).percent is None


def test_who_waits_is_counted(pc: Pc, address: str, postgres: PostgresServer) -> None:
    """A sender was cut off before it had summed them up."""
    pc.attempt(*pc.add("7A", "Aysel", "Murad"))
    pc.push(address)
    name = address.rpartition("/")[2]
    postgres.sql("UPDATE summaries SET waiting = true WHERE pupil_id IN (SELECT id FROM pupils WHERE number = 1)", name)
    with SchoolDb(address, writes=False) as db:
        assert [row.waiting for row in classes_report(db, "AZ-17")] == [1]


def test_a_report_needs_the_right_to_read_alone(pc: Pc, address: str, postgres: PostgresServer) -> None:
    """Whoever has that and no other cannot send."""
    pc.add("7A", "Aysel")
    pc.push(address)
    name = address.rpartition("/")[2]
    postgres.sql("DROP ROLE IF EXISTS reader")
    postgres.sql("CREATE ROLE reader LOGIN PASSWORD 'r'")
    postgres.sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", name)
    reader = postgres.url(name, "reader", "r")
    with SchoolDb(reader, writes=False) as db:
        assert [row.name for row in schools_report(db)] == ["AZ-17"]
    with pytest.raises(InputError, match="may not do this"):
        pc.push(reader)
    postgres.sql("DROP OWNED BY reader; DROP ROLE reader", name)
