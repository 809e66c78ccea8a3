"""A table of results opens in Excel as it is meant, whoever chose the names."""

from __future__ import annotations

import csv
import io

import pytest
from lovhe.apps.results_table import results_table
from lovhe.core.tables import csv_bytes
from lovhe.services.ports import Attempt


def _table(student: str) -> bytes:
    attempt = Attempt("0193-x", "6-01-blink", "b", (), "2026-11-21T08:30:00+00:00", "", "passed", 2, 3, b"", [])
    return csv_bytes(results_table([attempt], word=lambda text: text, when=lambda text: text, who=lambda attempt: student))


def test_the_table_begins_with_a_byte_order_mark() -> None:
    """Without it Excel garbles every ə and ş."""
    assert _table("Əşrəf").startswith(b"\xef\xbb\xbf")
    assert "Əşrəf" in _table("Əşrəf").decode("utf-8-sig")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_cannot_be_a_formula(start: str) -> None:
    """A student called =cmd|… is a text in the table."""
    name = f"{start}HYPERLINK(1)"
    row = list(csv.reader(io.StringIO(_table(name).decode("utf-8-sig"), newline="")))[1]
    assert row[3] == f"'{name}"


def test_numbers_stay_numbers() -> None:
    """Points can be added up."""
    row = list(csv.reader(io.StringIO(_table("Aysel 7").decode("utf-8-sig"), newline="")))[1]
    assert row[6:8] == ["2", "3"]
    assert row[3] == "Aysel 7"
