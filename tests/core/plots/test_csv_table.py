"""The table of a plot opens in a spreadsheet by a double click: mark, separator and numbers are those of the language."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from lovhe.core.checks.evidence import Event
from lovhe.core.plots.csv_table import csv_table
from lovhe.core.plots.series import Readings
from lovhe.core.tables import BOM


def _rows(readings: Readings, mark: str = ".") -> list[list[str]]:
    headings = ["time", *(series.shown for series in readings.series.values())]
    data = b"".join(csv_table(readings, headings, mark))
    assert data.startswith(BOM)
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";" if mark == "," else ","))


def test_each_time_has_a_row_and_each_series_a_column() -> None:
    """Where a series has no reading the cell is empty; two at the same time get a row each."""
    readings = Readings()
    readings.add([Event(0, "show", [{"a": 1, "b": 2.5}]), Event(1500, "show", [{"b": -3}]), Event(1500, "text", ["b: 4\nıq: 7\n"])])
    assert _rows(readings) == [
        ["time", "a", "b", "ıq"],
        ["0.000", "1", "2.5", ""],
        ["1.500", "", "-3", "7"],
        ["1.500", "", "4", ""],
    ]


def test_where_the_decimal_mark_is_a_comma_columns_are_separated_by_semicolons() -> None:
    """As Excel expects it in Azerbaijani and in Russian."""
    readings = Readings()
    readings.add([Event(20, "show", [{"a; b": 2.5}])])
    data = b"".join(csv_table(readings, ["vaxt (s)", "a; b"], ","))
    assert data == BOM + b'vaxt (s);"a; b"\r\n0,020;2,5\r\n'


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abc"), st.floats(-1e12, 1e12)), max_size=60), st.sampled_from(".,"))
def test_no_reading_is_lost_in_the_table(shown: list[tuple[int, str, float]], mark: str) -> None:
    """All values of each series are there, in their order, and read back as they were."""
    readings, t_ms = Readings(), 0
    for step_ms, name, value in shown:
        t_ms += step_ms
        readings.add([Event(t_ms, "show", [{name: value}])])
    _, *rows = _rows(readings, mark)
    for column, series in enumerate(readings.series.values(), 1):
        assert [float(row[column].replace(",", ".")) for row in rows if row[column]] == list(series.values)
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), key=lambda time: float(time.replace(",", ".")))
