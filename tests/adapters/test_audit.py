"""Points that a teacher sets are kept with the reason, and whoever changes that afterwards is found out."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from lovhe.adapters.results_db.audit import SqlAudit
from lovhe.adapters.results_db.backups import back_up, restore
from lovhe.adapters.results_db.store import SqlResults
from lovhe.services.ports.audit import Audit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A results file."""
    return tmp_path / "results.sqlite"


@pytest.fixture
def audit(path: Path) -> Iterator[SqlAudit]:
    """With three corrections of two pupils."""
    with SqlResults(path) as store:
        found = store.audit()
        found.correct("aysel", "6-01-blink", 7, "Əl ilə yoxladım")
        found.correct("murad", "6-01-blink", 3, "x")
        found.correct("aysel", "6-01-blink", None, "səhv imiş")
        yield found


def test_corrections_are_kept_in_their_order(audit: SqlAudit) -> None:
    """Those of the pupils that are asked for, also what was taken back."""
    fits: Audit = audit
    assert [(one.points, one.reason) for one in fits.corrections(["aysel", "nobody"])] == [(7, "Əl ilə yoxladım"), (None, "səhv imiş")]
    assert fits.faults() == []
    assert fits.head()[0] == 3


def _change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute(sql)


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("""UPDATE audit_notes SET note = replace(note, '7', '9') WHERE note LIKE '%:7,%'""", "note changed"),
        ("UPDATE audit SET subject = 'murad' WHERE place = 1", "changed"),
        ("DELETE FROM audit WHERE place = 1", "gap"),
        ("DELETE FROM audit WHERE place = 2", "gap"),
        ("DELETE FROM audit_notes WHERE audit_id = (SELECT id FROM audit WHERE place = 2)", "note missing"),
        ("UPDATE audit SET place = 9 WHERE place = 3", "gap"),
    ],
)
def test_who_edits_the_file_is_found_out(audit: SqlAudit, path: Path, sql: str, fault: str) -> None:
    """Whatever they change; of the last entry taken out the code tells."""
    _change(path, sql)
    assert fault in [name for name, _ in audit.faults()]


def test_the_code_tells_of_the_last_entry(audit: SqlAudit, path: Path) -> None:
    """It is another one without it."""
    code = audit.head()
    _change(path, "DELETE FROM audit WHERE place = 3")
    assert audit.faults() == []
    assert audit.head() != code


def test_two_windows_that_correct_at_once_keep_one_chain(path: Path) -> None:
    """Writers wait for each other."""

    def work(name: str) -> None:
        with SqlResults(path) as store:
            for number in range(10):
                store.audit().correct(name, "6-01-blink", number, "r")

    SqlResults(path).close()
    threads = [threading.Thread(target=work, args=(f"pupil-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with SqlResults(path) as store:
        assert store.audit().faults() == []
        assert store.audit().head()[0] == 40


def test_after_a_copy_came_back_another_chain_begins(audit: SqlAudit, path: Path, tmp_path: Path) -> None:
    """What was changed after the copy was made, and is kept elsewhere, is never taken for the same entry."""
    copy = back_up(path, tmp_path / "copy.sqlite").file
    audit.correct("nigar", "6-01-blink", 1, "after the copy")
    restore(copy, path)
    audit.correct("nigar", "6-01-blink", 2, "after it came back")
    assert audit.faults() == []
    assert [one.points for one in audit.corrections(["nigar"])] == [2]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(DISTINCT chain), max(place) FROM audit").fetchone() == (2, 3)
