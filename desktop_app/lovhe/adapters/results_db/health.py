"""How the results file is: whole, how large, can be written to, and when the newest record in it was made."""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
from pathlib import Path

from lovhe.adapters.pc.clock import as_shown
from lovhe.adapters.results_db.opening import is_whole, translated
from lovhe.core.pc.facts import Records

_BUSY_S = 5.0
_NEWEST = "SELECT max(moment) FROM (SELECT max(when_utc) AS moment FROM attempts UNION ALL SELECT max(when_utc) FROM boards)"


def records_facts(path: Path) -> Records:
    """Look at an opened results file; reads every page of it, and writes what is rolled back at once. Raises `ResultsError`."""
    with translated(path):
        size = sum(part.stat().st_size for part in (path, path.with_name(f"{path.name}-wal")) if part.exists())
        if not is_whole(path):
            return Records(str(path), size, whole=False, results=0)
        with contextlib.closing(sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)) as connection:
            (results,) = connection.execute("SELECT count(*) FROM attempts").fetchone()
            (newest,) = connection.execute(_NEWEST).fetchone()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("CREATE TABLE lovhe_write_test (number INTEGER)")
            connection.execute("ROLLBACK")
    moment = _moment(newest)
    if moment is None:
        return Records(str(path), size, whole=True, results=results)
    return Records(str(path), size, True, results, moment.timestamp(), as_shown(moment.astimezone()))


def _moment(text: object) -> datetime.datetime | None:
    """A time as SQLAlchemy keeps it in SQLite: ISO 8601 in UTC without its zone."""
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        return datetime.datetime.fromisoformat(str(text)).replace(tzinfo=datetime.UTC)
    return None
