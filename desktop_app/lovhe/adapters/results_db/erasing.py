"""Taking pupils and guests out of the results file, so that nothing of them stays in it, not even in its free pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import Engine, Select, delete, func, select
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.audit import append
from lovhe.adapters.results_db.models import AttemptRow, AuditNoteRow, AuditRow, MakerRow, PupilRow
from lovhe.adapters.results_db.opening import connected, translated
from lovhe.services.ports.pupils import Erased

GUESTS = ""
"""The subject of an audit entry that tells of guests."""


class _ErasedNote(msgspec.Struct):
    """What is written down of it: no name."""

    attempts: int
    shared: int


def erase_pupil(engine: Engine, path: Path, pupil_id: str) -> Erased:
    """See `services.ports.pupils.Roster.erase`."""
    with _erasing(engine, path) as session:
        if session.get(PupilRow, pupil_id) is None:
            return Erased(0, 0)
        erased = take_out(session, pupil_id)
        _note(session, pupil_id, erased)
    return erased


def take_out(session: Session, pupil_id: str) -> Erased:
    """Delete a pupil with all that is only theirs, in any database with these tables."""
    made = select(MakerRow.attempt_id).where(MakerRow.pupil_id == pupil_id)
    makers = select(MakerRow.attempt_id).where(MakerRow.attempt_id.in_(made)).group_by(MakerRow.attempt_id)
    alone = session.scalars(makers.having(func.count() == 1)).all()
    shared = session.scalars(makers.having(func.count() > 1)).all()
    _delete_attempts(session, alone)
    session.execute(delete(MakerRow).where(MakerRow.pupil_id == pupil_id))
    said = select(AuditRow.id).where(AuditRow.subject == pupil_id)
    session.execute(delete(AuditNoteRow).where(AuditNoteRow.audit_id.in_(said)))
    session.execute(delete(PupilRow).where(PupilRow.id == pupil_id))
    return Erased(len(alone), len(shared))


def erase_attempts(engine: Engine, path: Path, wanted: Select[str]) -> int:
    """Take out the attempts whose ids `wanted` selects, all of them guests'; how many they were. Nothing is noted of none."""
    with _erasing(engine, path) as session:
        ids = session.scalars(wanted).all()
        _delete_attempts(session, ids)
        if ids:
            _note(session, GUESTS, Erased(len(ids), 0))
    return len(ids)


@contextmanager
def _erasing(engine: Engine, path: Path) -> Iterator[Session]:
    """A transaction after which what it has deleted can be found neither in the file nor beside it."""
    with translated(path):
        with Session(engine.execution_options(lovhe_writes=True)) as session, session.begin():
            session.connection().exec_driver_sql("PRAGMA secure_delete = ON")  # what is deleted is written over
            yield session
        with closing(connected(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the write-ahead log has what stood there before


def _delete_attempts(session: Session, ids: Sequence[str]) -> None:
    for attempt_id in ids:  # its checks, its evidence and who made it go with it
        session.execute(delete(AttemptRow).where(AttemptRow.id == attempt_id))


def _note(session: Session, subject: str, erased: Erased) -> None:
    append(session, "erase", subject, msgspec.json.encode(_ErasedNote(erased.attempts, erased.shared)).decode())
