"""The results file's health: whole, writable, and the newest record's time."""

from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path

import pytest
from lovhe.adapters.results_db.health import records_facts
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.errors import ResultsError
from lovhe.services.ports import Attempt, FlashOrder


def store_with(path: Path, *moments: str) -> None:
    """A results file with attempts made then."""
    with SqlResults(path) as store:
        for number, moment in enumerate(moments):
            store.add(Attempt(f"id{number}", "6-01-blink", "b", (), moment, "x", "passed", 1, 1, b'{"checks":[]}', []))


def test_a_sound_file_is_counted_and_left_as_it_is(tmp_path: Path) -> None:
    """The newest attempt's moment, in UTC; what was written to try is gone."""
    path = tmp_path / "results.sqlite"
    store_with(path, "2026-11-21T08:30:00+00:00", "2026-11-20T08:30:00+00:00")
    records = records_facts(path)
    assert (records.whole, records.results) == (True, 2)
    assert records.newest_s == datetime.datetime(2026, 11, 21, 8, 30, tzinfo=datetime.UTC).timestamp()
    assert records.size_bytes >= path.stat().st_size
    with sqlite3.connect(path) as connection:
        assert "lovhe_write_test" not in {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()


def test_a_flash_is_a_record_too_and_an_empty_file_has_none(tmp_path: Path) -> None:
    """A class set that was flashed before the first lesson has a newest record."""
    path = tmp_path / "results.sqlite"
    store_with(path)
    assert records_facts(path).newest_s is None
    with SqlResults(path) as store:
        store.class_set().flash_begins("24:0a:c4:00:00:01", "p", "esp32", FlashOrder("", "", keep_files=False))
        store.class_set().flash_ended("24:0a:c4:00:00:01", "p", "esp32", "v1")
    newest_s = records_facts(path).newest_s
    assert newest_s is not None
    assert abs(newest_s - datetime.datetime.now(datetime.UTC).timestamp()) < 3600


def test_damage_in_the_middle_and_a_writer_that_does_not_end_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of rubbish; another program in the middle of a change."""
    path = tmp_path / "results.sqlite"
    store_with(path, *["2026-11-21T08:30:00+00:00"] * 1)
    monkeypatch.setattr("lovhe.adapters.results_db.health._BUSY_S", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ResultsError, match="holding"):
        records_facts(path)
    other.execute("ROLLBACK")
    other.close()
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 4] = b"\xa5" * 4096 * 3
    path.write_bytes(content)
    assert not records_facts(path).whole
