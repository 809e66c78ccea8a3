"""Results are kept whole, found again, and never at the cost of a file that was there before."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
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
from lovhe.adapters.results_db.store import SqlResults, marks_query
from lovhe.core.checks.evidence import Event, encode_events
from lovhe.core.errors import InputError, ResultsError
from lovhe.services.ports import Attempt, Mark
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from tests.school_classes import add_pupils

from .older_results import older_file

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
        pupils=(),
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
    assert len(made) == 18
    assert "when_utc TIMESTAMP WITH TIME ZONE NOT NULL" in "".join(made)


def test_a_result_says_which_step_it_belongs_to(results: SqlResults) -> None:
    """A prediction and the goal of one lesson are two results."""
    results.add(an_attempt(step="guess", program="always"))
    assert results.attempts()[0].step == "guess"


def _old_rows(attempt: Attempt, columns: dict[str, object]) -> list[tuple[str, tuple[object, ...]]]:
    """An attempt with its check and evidence, as an older version wrote them; `columns` are those that it had besides."""
    values = {
        "id": attempt.id,
        "lesson_id": attempt.lesson_id,
        "board": attempt.board,
        "when_utc": "2026-11-21 08:30:00.000000",
        "outcome": attempt.outcome,
        "points": attempt.points,
        "total": attempt.total,
        "program": attempt.program,
        "report": attempt.report,
        **columns,
    }
    places = ", ".join("?" * len(values))
    return [
        (f"INSERT INTO attempts ({', '.join(values)}) VALUES ({places})", tuple(values.values())),
        ("INSERT INTO check_results VALUES (?, 0, 'on', 'passed')", (attempt.id,)),
        ("INSERT INTO evidence VALUES (?, ?)", (attempt.id, zlib.compress(encode_events(attempt.evidence)))),
    ]


def test_results_from_before_lessons_had_steps_are_kept(tmp_path: Path) -> None:
    """A file of version 0002 is brought up to date when it is opened: every result is there, and belongs to no step."""
    path = tmp_path / "results.sqlite"
    old = an_attempt()
    older_file(path, "0002", _old_rows(old, {"student": ""}))
    with SqlResults(path) as store:
        assert store.attempt(old.id) == old
        store.add(an_attempt(step="guess"))
        assert [attempt.step for attempt in store.attempts()] == ["", "guess"]


def test_results_from_before_there_were_pupils_are_kept(tmp_path: Path) -> None:
    """A file of version 0003 keeps every result, belonging to nobody, its checks, its evidence, and what stood in the old column."""
    path = tmp_path / "results.sqlite"
    old = an_attempt(step="guess")
    older_file(path, "0003", _old_rows(old, {"student": "Aysel 7", "step": "guess"}))
    with SqlResults(path) as store:
        assert store.attempt(old.id) == old
        [pupil] = add_pupils(store.roster(), "7A", ["Aysel"])
        store.add(an_attempt(pupils=(pupil.id,)))
        assert [attempt.pupils for attempt in store.attempts()] == [(), (pupil.id,)]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT student FROM attempts ORDER BY id").fetchall() == [("Aysel 7",), ("",)]
        assert db.execute("SELECT check_id FROM check_results WHERE attempt_id = ?", [old.id]).fetchall() == [("on",)]


def test_what_was_changed_by_hand_before_files_were_merged_is_kept(tmp_path: Path) -> None:
    """With what was said of it; and classes and pupils are noted as they are."""
    path = tmp_path / "results.sqlite"
    older_file(
        path,
        "0006",
        [
            ("INSERT INTO classes (id, name, secret_kind, has_left) VALUES ('a', '7A', 'pin', 0)", ()),
            ("INSERT INTO pupils VALUES ('p', 'a', 1, 'Aysel', 'hash', 0, NULL, 2)", ()),
            ("INSERT INTO audit VALUES ('e', 'c', 1, '', 'mark', 'p', 'n', '', 'h')", ()),
            ('INSERT INTO audit_notes VALUES (\'e\', \'s\', \'{"lesson":"6-01-blink","points":1,"reason":"r"}\')', ()),
        ],
    )
    with SqlResults(path) as store:
        assert [one.points for one in store.audit().corrections(["p"])] == [1]
        assert store.roster().secret("p").hashed == "hash"
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT id, name, secret_kind FROM class_notes").fetchall() == [("a", "7A", "pin")]
        assert db.execute("SELECT class_id, number, first_name, group_number FROM pupil_notes").fetchall() == [("a", 1, "Aysel", 2)]
        assert db.execute("SELECT pupil_id, kind, secret FROM pupil_secrets").fetchall() == [("p", "pin", "hash")]


@pytest.mark.parametrize("version", ["0001", "0002", "0003", "0004", "0005", "0006"])
def test_every_older_file_gets_the_tables_of_today(tmp_path: Path, version: str) -> None:
    """Whatever version a file begins at, its tables end as the models describe them."""
    path = tmp_path / "results.sqlite"
    older_file(path, version)
    engine = open_engine(path)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata) == []
    engine.dispose()


def test_an_attempt_is_its_makers(results: SqlResults) -> None:
    """One to three pupils, a guest none; a pupil whom this file does not know costs no result."""
    of_two = an_attempt(pupils=("b", "a"))
    of_a_guest = an_attempt()
    results.add(of_two)
    results.add(of_a_guest)
    assert sorted(results.attempt(of_two.id).pupils) == ["a", "b"]
    assert results.attempt(of_a_guest.id).pupils == ()


def test_the_progress_of_pupils_is_what_they_made_alone_or_with_others(results: SqlResults) -> None:
    """Each attempt once, oldest first, with those of the asked who made it; a guest's and other pupils' are left out."""
    of_three = an_attempt(pupils=("a", "b", "c"), when_utc="2026-11-21T09:00:00+00:00", step="guess")
    of_one = an_attempt(pupils=("b",), when_utc="2026-11-21T08:00:00+00:00", outcome="passed", points=3)
    results.add(of_three)
    results.add(of_one)
    results.add(an_attempt(pupils=("d",)))
    results.add(an_attempt())
    assert results.progress_of(["a", "b"]) == [
        Mark(of_one.id, "6-01-blink", "", "passed", 3, 3, "2026-11-21T08:00:00+00:00", ("b",)),
        Mark(of_three.id, "6-01-blink", "guess", "failed", 1, 3, "2026-11-21T09:00:00+00:00", ("a", "b")),
    ]
    assert results.progress_of([]) == []


def test_the_checks_that_attempts_failed_come_in_the_lessons_order(results: SqlResults) -> None:
    """Of the attempts that are asked for alone; one that failed nothing is not there."""
    checks = [{"id": check, "outcome": outcome} for check, outcome in (("z", "failed"), ("on", "passed"), ("a", "failed"))]
    failed, other = an_attempt(report=msgspec.json.encode({"outcome": "failed", "checks": checks})), an_attempt()
    passed = an_attempt(report=msgspec.json.encode({"outcome": "passed", "checks": checks[1:2]}))
    for one in (failed, other, passed):
        results.add(one)
    assert results.failed_checks([failed.id, passed.id]) == {failed.id: ["z", "a"]}
    assert results.failed_checks([]) == {}


def test_the_progress_is_found_by_keys_and_reads_nothing_heavy(results: SqlResults) -> None:
    """SQLite searches both tables by their keys, scans none, and neither reports nor programs are fetched."""
    query = marks_query(["a", "b", "c"]).compile(results._engine, compile_kwargs={"literal_binds": True})
    with results._engine.connect() as connection:
        plan = [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
    assert [line.split(" (")[0] for line in plan[:2]] == [
        "SEARCH attempt_pupils USING COVERING INDEX sqlite_autoindex_attempt_pupils_1",
        "SEARCH attempts USING INDEX sqlite_autoindex_attempts_1",
    ]
    assert not any(line.startswith("SCAN") for line in plan)
    assert not {"report", "program", "events"} & {column.key for column in marks_query([]).selected_columns}


def test_an_attempt_that_goes_takes_its_links_along(results: SqlResults) -> None:
    """Deleting attempts by SQL leaves no link behind."""
    results.add(an_attempt(pupils=("a",)))
    with results._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM attempts")
        assert connection.exec_driver_sql("SELECT count(*) FROM attempt_pupils").scalar() == 0
