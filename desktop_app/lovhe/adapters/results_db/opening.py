"""Opening the results file: what it is, is looked at before a byte of it is changed; then its tables are brought up to date."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from lovhe.adapters.user_data import user_data_folder
from lovhe.core.errors import ResultsError
from lovhe.core.messages import N_

log = logging.getLogger(__name__)

HEAD = "0010"  # the newest file in migrations/versions
_WHOLE_CHECK_BYTES = 16 << 20  # above this a look at every page would be felt at each start
_BUSY_S = 30.0
_LOOK_S = 0.01
_ONE_UPGRADE = threading.Lock()  # Alembic keeps what it works at in its modules: two threads would mix up their files


def results_file() -> Path:
    """Where results are kept."""
    return user_data_folder() / "results.sqlite"


def open_engine(path: Path) -> Engine:
    """Open or make the results file and bring its tables up to date.

    Raises `ResultsError`, and leaves the file as it is, when it is damaged, not ours, from a newer version, or out of reach.
    """
    with translated(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        version = look_at(path)
        refuse_newer(version, path)
        engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": _BUSY_S}, max_overflow=-1)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        if version != HEAD:
            _upgrade(engine, path)
    return engine


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite, SQLAlchemy and the file system raise into `ResultsError`."""
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, exc.DBAPIError) else error
        name = getattr(cause, "sqlite_errorname", "")
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise _damaged(path) from error
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise ResultsError(
                N_("Another program is holding the results file {file}.", file=str(path)),
                N_("Close other windows of Lövhə and database viewers, then try again."),
            ) from error
        if name.startswith("SQLITE_FULL"):
            raise ResultsError(
                N_("The disk is full, so the results file {file} could not be written.", file=str(path)),
                N_("Free some space on the disk, then try again. What was recorded before is safe."),
            ) from error
        raise _out_of_reach(path, str(cause)) from error
    except UnicodeDecodeError as error:
        raise _damaged(path) from error
    except OSError as error:
        raise _out_of_reach(path, error.strerror or str(error)) from error


def is_whole(path: Path) -> bool:
    """Whether every page of an existing results file is in order. Reads all of it."""
    with contextlib.closing(read_only(path)) as connection:
        try:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)])
        except (sqlite3.DatabaseError, UnicodeDecodeError):  # names of tables can be damaged, too
            return False


def look_at(path: Path) -> str | None:
    """The version of the tables in the file; None where there is no file yet, or an empty one.

    Only SQLite itself may open the file: whoever else opens and closes it takes the locks away with which other connections of this
    process hold it (POSIX), and then another program may fold the write-ahead log away under them.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with contextlib.closing(read_only(path)) as connection:
        try:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        except sqlite3.DatabaseError as problem:
            if getattr(problem, "sqlite_errorname", "") != "SQLITE_NOTADB":
                raise
            raise ResultsError(
                N_("{file} is not a results file of Lövhə, or it is damaged from its first byte.", file=str(path)),
                N_("Nothing in it was changed. Move it to another folder, then try again: a new file is made."),
            ) from problem
        if not tables:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if "alembic_version" in tables else None
    if row is None or "attempts" not in tables:
        raise ResultsError(
            N_("{file} is a database of another program.", file=str(path)),
            N_("Nothing in it was changed. Move it to another folder, then try again: a new file is made."),
        )
    if path.stat().st_size <= _WHOLE_CHECK_BYTES and not is_whole(path):
        raise _damaged(path)
    return str(row[0])


def refuse_newer(version: str | None, path: Path) -> None:
    """Raises `ResultsError` for a file with tables that this version does not know yet."""
    if version is not None and version > HEAD:
        raise ResultsError(
            N_("The results file {file} was written by a newer version of Lövhə.", file=str(path)),
            N_("Nothing in it was changed. Install the newer version of Lövhə on this computer too."),
        )


def connected(path: Path) -> sqlite3.Connection:
    """The file without SQLAlchemy, for what SQLite alone can do; waits for other writers. Each statement is a transaction."""
    return sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)


def read_only(path: Path) -> sqlite3.Connection:
    """The same, and nothing can be written."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_S)


def write_over(session: Session) -> None:
    """What is deleted from now on is written over in the file."""
    session.connection().exec_driver_sql("PRAGMA secure_delete = ON")


def fold_away(path: Path) -> bool:
    """Empty the write-ahead log, which has what stood there before.

    False where the disk takes no more, or somebody reads for long: whoever closes the file last does it.
    """
    try:
        with contextlib.closing(connected(path)) as connection:
            hindered, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as problem:
        log.warning("the log of %s stays as it is: %s", path, problem)
        return False
    return not hindered


def _prepare(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """SQLite's own settings; a write is on the disk before it is called done."""
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None  # transactions begin where `_begin` says, schema changes included
    _write_ahead(connection)
    for pragma in ("synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn a new file to WAL. SQLite waits for others in all that it does but this."""
    end_s = time.monotonic() + _BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > end_s:
                raise
        time.sleep(_LOOK_S)


def _begin(connection: Connection) -> None:
    """Writers queue up at the door, so that none finds out half-way that another was first."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("lovhe_writes") else "BEGIN")


def _upgrade(engine: Engine, path: Path) -> None:
    """All missing migrations in one transaction; a second program that opens the file meanwhile waits, then finds them done."""
    from alembic import command  # slow to import, and not needed once the tables are there
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with _ONE_UPGRADE, engine.connect().execution_options(lovhe_writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _damaged(path: Path) -> ResultsError:
    return ResultsError(
        N_("The results file {file} is damaged.", file=str(path)),
        N_("Nothing in it was changed. Keep a copy for someone who can rescue it, move it to another folder, then try again."),
    )


def _out_of_reach(path: Path, reason: str) -> ResultsError:
    return ResultsError(
        N_("The results file {file} cannot be opened or written: {reason}.", file=str(path), reason=reason.rstrip(".")),
        N_("Look whether the folder exists and you may write to it, or set LOVHE_DATA_DIR to a folder of your own."),
    )
