"""The report of a school or of many as a table, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence

from lovhe.apps.language import key, t
from lovhe.core.marks.summaries import ReportRow
from lovhe.core.tables import Cell, Sheet

_HEADINGS = (
    key("Pupils"),
    key("Lessons begun"),
    key("Lessons passed"),
    key("Points"),
    key("Out of"),
    key("Percent"),
    key("Pupils who are stuck"),
)


def report_table(rows: Sequence[ReportRow], school: str) -> Sheet:
    """A row a class of `school`; with "", a row a school."""
    first = t(key("Class")) if school else t(key("School"))
    cells: list[Sequence[Cell]] = [
        [one.name, one.pupils, one.begun, one.passed, one.points, one.total, one.percent, one.stuck] for one in rows
    ]
    return Sheet(t(key("Report")), [[first, *(t(heading) for heading in _HEADINGS)], *cells])
