"""Several PCs' results in one file, in whatever order they come and however often: the outcome is the same.

What was recorded is only ever added, by its key; nothing of it is rewritten. Who is who is found out anew from all notes
(`core.pupils.joined_roster`), and whoever was erased on one of the PCs goes: under the ids that were known there, for no name is kept.
What belongs to a PC, its boards and its own chain's name, stays as it is.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Connection, delete, func, select, text, update
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.backups import copy_into, look_into, told_for
from lovhe.adapters.results_db.erasing import take_out
from lovhe.adapters.results_db.foreign_rows import Foreign, check_rows
from lovhe.adapters.results_db.incoming import incoming
from lovhe.adapters.results_db.merging_audit import join_audit
from lovhe.adapters.results_db.models import (
    AttemptRow,
    AuditRow,
    Base,
    MovedRow,
    PupilNoteRow,
    PupilRow,
    SecretRow,
)
from lovhe.adapters.results_db.notes import rebuild
from lovhe.adapters.results_db.opening import fold_away, open_engine, translated, write_over
from lovhe.core.errors import InputError, ResultsError
from lovhe.core.messages import N_
from lovhe.services.ports.merging import Merged

_WITH_ATTEMPTS = ("check_results", "evidence", "attempt_pupils")
_NOTES = ("class_notes", "pupil_notes", "apart")
_SUMMARY = ("lesson_id", "step", "outcome", "points", "total", "when_utc")


def merge(file: Path, results: Path) -> Merged:
    """Take in what a copy has, in one transaction. Raises `InputError` for a copy that is no good, `ResultsError`."""
    if file.exists() and results.exists() and file.samefile(results):
        raise InputError(
            N_("{file} is the results file of this computer itself.", file=str(file)),
            N_("Give the copies from the other computers, as `lovhe results backup` writes them."),
        )
    try:
        look_into(file)
    except ResultsError as problem:  # which is said of this computer's own file alone
        raise InputError(problem.what, problem.next_step) from problem
    open_engine(results).dispose()  # one that is no good is told before anything is read
    with incoming(results) as fresh:
        _take_over(file, fresh, results)
        foreign = check_rows(fresh, file)
        with translated(results):
            merged = _merged(fresh, foreign, file, results)
            fold_away(results)  # what a pupil who was erased here had in that file
            return merged


def _take_over(file: Path, fresh: Path, results: Path) -> None:
    """A copy of the copy, with the tables of this version: what was given stays as it is, and a stick may be pulled out from here on."""
    try:
        copy_into(file, fresh)
        open_engine(fresh).dispose()
    except sqlite3.Error as problem:
        is_full = getattr(problem, "sqlite_errorname", "").startswith("SQLITE_FULL")
        with translated(results) if is_full else told_for(file):
            raise


def _merged(fresh: Path, foreign: Foreign, file: Path, results: Path) -> Merged:
    with _attached(fresh, results) as connection, Session(connection) as session, connection.begin():
        known, otherwise = _add_attempts(connection)
        before = set(session.scalars(select(PupilNoteRow.id).distinct()))
        for name in _NOTES:
            _add_rows(connection, name)
        _add_secrets(session, foreign)
        altered = join_audit(session, foreign)
        gone = set(session.scalars(select(AuditRow.subject).where(AuditRow.kind == "erase")))
        write_over(session)
        take_out(session, gone)
        joined = rebuild(session)
        session.execute(update(PupilRow).values(wrong_tries=0, tried_wrong=None))  # who had to wait has waited
        new = session.scalar(select(func.count()).select_from(AttemptRow).where(text("id IN (SELECT id FROM temp.new_attempts)"))) or 0
        seen = {one.id for one in joined.pupils} - {joined.same.get(one_id, one_id) for one_id in before}
        return Merged(file, new, known, len(seen), len(gone & before), otherwise, altered, joined.renumbered)


@contextlib.contextmanager
def _attached(fresh: Path, results: Path) -> Iterator[Connection]:
    """The results file, with the other one beside it as `other`; who writes waits."""
    engine = open_engine(results)
    try:
        with engine.connect().execution_options(lovhe_writes=True) as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("ATTACH DATABASE ? AS other", (str(fresh),))
            yield connection
    finally:
        engine.dispose()


def _add_attempts(connection: Connection) -> tuple[int, int]:
    """Those that are not here, with all that is theirs. How many are here, and how many of these the other file tells otherwise."""
    run = connection.exec_driver_sql
    run("CREATE TEMPORARY TABLE new_attempts AS SELECT id FROM other.attempts WHERE id NOT IN (SELECT id FROM main.attempts)")
    both = "FROM other.attempts AS theirs JOIN main.attempts AS ours ON ours.id = theirs.id"
    differ = " OR ".join(f"ours.{column} IS NOT theirs.{column}" for column in _SUMMARY)
    known = run(f"SELECT count(*) {both}").scalar_one()
    otherwise = run(f"SELECT count(*) {both} WHERE {differ}").scalar_one()
    _add_rows(connection, "attempts", "WHERE id IN (SELECT id FROM temp.new_attempts)")
    for name in _WITH_ATTEMPTS:
        _add_rows(connection, name, "WHERE attempt_id IN (SELECT id FROM temp.new_attempts)")
    return known, otherwise


def _add_rows(connection: Connection, table: str, where: str = "") -> None:
    columns = ", ".join(column.name for column in Base.metadata.tables[table].columns)
    connection.exec_driver_sql(f"INSERT OR IGNORE INTO main.{table} ({columns}) SELECT {columns} FROM other.{table} {where}")


def _add_secrets(session: Session, foreign: Foreign) -> None:
    """Of each id the newest."""
    for one in foreign.secrets:
        row = session.get(SecretRow, one.pupil_id)
        if row is None:
            session.add(SecretRow(**msgspec.structs.asdict(one)))
        elif (row.when_utc, row.kind, row.secret) < (one.when_utc, one.kind, one.secret):
            row.when_utc, row.kind, row.secret = one.when_utc, one.kind, one.secret
    session.flush()


def moved_pupils(results: Path) -> dict[str, str]:
    """For each pupil whose work has yet to follow them, the id under which it is kept, and the new one."""
    engine = open_engine(results)
    with translated(results), engine.connect() as connection:
        rows = connection.execute(select(MovedRow.old_id, MovedRow.new_id)).all()
    engine.dispose()
    return {row.old_id: row.new_id for row in rows}


def forget_moved(results: Path) -> None:
    """Their work has followed them."""
    engine = open_engine(results)
    with translated(results), engine.execution_options(lovhe_writes=True).begin() as connection:
        connection.execute(delete(MovedRow))
    engine.dispose()
