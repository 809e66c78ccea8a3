"""Results are kept whole, found again, and never at the cost of a file that was there before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import uuid_utils
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from lovhe.adapters.results_db import migrations
from lovhe.adapters.results_db.models import Base
from lovhe.adapters.results_db.opening import HEAD, open_engine
from lovhe.adapters.results_db.store import SqlResults
from lovhe.core.checks.evidence import Event
from lovhe.core.errors import InputError, ResultsError
from lovhe.services.ports import Attempt
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

EVIDENCE = [Event(0, "begin", ["0.1.0", 5, "main.py"]), Event(10, "level", [2, 1]), Event(12, "text", ["salam: 5 °C\n"])]
REPORT = msgspec.json.encode(
    {"outcome": "failed", "checks": [{"id": "on", "outcome": "passed", "seen": "x"}, {"id": "off", "outcome": "failed"}]}
)


def an_attempt(**changed: object) -> Attempt:
    """One attempt, like those the checking service makes."""
    attempt = Attempt(
        id=str(uuid_utils.uuid7()),
        lesson_id="6-01-blink",
        board="virtual-1",
        student="Aysel 7",
        when_utc="2026-11-21T08:30:00+00:00",
        program="print('salam')\n",
        outcome="failed",
        points=1,
        total=3,
        report=REPORT,
        evidence=EVIDENCE,
    )
    return msgspec.structs.replace(attempt, **changed)


@pytest.fixture
def results(tmp_path: Path) -> Iterator[SqlResults]:
    """A new results file."""
    store = SqlResults(tmp_path / "class 6-a" / "results.sqlite")
    yield store
    store.close()


def test_an_attempt_comes_back_as_it_was_with_its_evidence(results: SqlResults) -> None:
    """What is read from the file equals what was recorded, evidence included, found by the first figures of its id."""
    attempt = an_attempt()
    results.add(attempt)
    assert results.attempt(attempt.id) == attempt
    assert results.attempt(attempt.id[:13].upper()) == attempt


def test_the_list_of_attempts_is_in_order_of_time_and_leaves_evidence_out(results: SqlResults) -> None:
    """A list of a year's attempts does not unpack a year's evidence."""
    late = an_attempt(when_utc="2026-11-21T12:30:00+04:00", lesson_id="6-02-button")
    early = an_attempt(when_utc="2026-11-21T08:29:59+00:00")
    results.add(late)
    results.add(early)
    assert [attempt.id for attempt in results.attempts()] == [early.id, late.id]
    assert [attempt.id for attempt in results.attempts("6-02-button")] == [late.id]
    assert results.attempts()[1].when_utc == "2026-11-21T08:30:00+00:00"
    assert not results.attempts()[0].evidence


@pytest.mark.parametrize("start", ["", "0", "%", "no such"])
def test_an_id_that_fits_none_or_several_is_refused(results: SqlResults, start: str) -> None:
    """Neither nothing, nor a wildcard, nor a shared beginning picks an attempt by chance."""
    results.add(an_attempt())
    results.add(an_attempt())
    with pytest.raises(InputError):
        results.attempt(start)


def test_a_failed_check_is_a_row_of_its_own(results: SqlResults) -> None:
    """Which check a class stumbles over can be asked in SQL."""
    attempt = an_attempt()
    results.add(attempt)
    results.close()
    with sqlite3.connect(results.path) as db:
        rows = db.execute("SELECT position, check_id, outcome FROM check_results WHERE attempt_id = ? ORDER BY position", [attempt.id])
        assert rows.fetchall() == [(0, "on", "passed"), (1, "off", "failed")]
    db.close()


def test_the_file_is_written_through_to_the_disk(results: SqlResults) -> None:
    """A power cut after `add` returned loses nothing: write-ahead log, synced at each commit."""
    with results._engine.connect() as connection:
        pragmas = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_an_attempt_that_cannot_be_stored_whole_is_not_stored_at_all(results: SqlResults) -> None:
    """A second attempt of the same id is refused and leaves neither checks nor evidence behind."""
    attempt = an_attempt()
    results.add(attempt)
    with pytest.raises(ResultsError):
        results.add(attempt)
    assert len(results.attempts()) == 1


def test_the_migrations_make_what_the_models_describe(tmp_path: Path) -> None:
    """No table or column differs between the migrated file and the models, and HEAD is the newest migration."""
    engine = open_engine(tmp_path / "results.sqlite")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata) == []
    engine.dispose()
    assert ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head() == HEAD


def test_the_models_are_ones_that_postgresql_knows() -> None:
    """The same tables can be made on a school's PostgreSQL server."""
    made = [str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in Base.metadata.sorted_tables]
    assert len(made) == 4
    assert "when_utc TIMESTAMP WITH TIME ZONE NOT NULL" in "".join(made)


def test_a_result_says_which_step_it_belongs_to(results: SqlResults) -> None:
    """A prediction and the goal of one lesson are two results."""
    results.add(an_attempt(step="guess", program="always"))
    assert results.attempts()[0].step == "guess"


def test_results_from_before_lessons_had_steps_are_kept(tmp_path: Path) -> None:
    """A file of the version before is brought up to date when it is opened: every result is there, and belongs to no step."""
    path = tmp_path / "results.sqlite"
    old = an_attempt()
    store = SqlResults(path)
    store.add(old)
    store.close()
    with sqlite3.connect(path) as db:
        db.execute("ALTER TABLE attempts DROP COLUMN step")
        db.execute("UPDATE alembic_version SET version_num = '0002'")
    db.close()
    store = SqlResults(path)
    assert store.attempt(old.id) == old
    store.add(an_attempt(step="guess"))
    store.close()
