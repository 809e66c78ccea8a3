"""Taking a pupil out of the results file, so that nothing of them stays in it, not even in its free pages."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.audit import append
from lovhe.adapters.results_db.models import AttemptRow, AuditNoteRow, AuditRow, MakerRow, PupilRow
from lovhe.adapters.results_db.opening import connected, translated
from lovhe.services.ports.pupils import Erased


class _ErasedNote(msgspec.Struct):
    """What is written down of it: no name."""

    attempts: int
    shared: int


def erase_pupil(engine: Engine, path: Path, pupil_id: str) -> Erased:
    """See `services.ports.pupils.Roster.erase`."""
    with translated(path):
        with Session(engine.execution_options(lovhe_writes=True)) as session, session.begin():
            session.connection().exec_driver_sql("PRAGMA secure_delete = ON")  # what is deleted is written over
            if session.get(PupilRow, pupil_id) is None:
                return Erased(0, 0)
            erased = take_out(session, pupil_id)
            note = _ErasedNote(erased.attempts, erased.shared)
            append(session, "erase", pupil_id, msgspec.json.encode(note).decode())
        with closing(connected(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the write-ahead log has what stood there before
        return erased


def take_out(session: Session, pupil_id: str) -> Erased:
    """Delete a pupil with all that is only theirs, in any database with these tables."""
    made = select(MakerRow.attempt_id).where(MakerRow.pupil_id == pupil_id)
    makers = select(MakerRow.attempt_id).where(MakerRow.attempt_id.in_(made)).group_by(MakerRow.attempt_id)
    alone = session.scalars(makers.having(func.count() == 1)).all()
    shared = session.scalars(makers.having(func.count() > 1)).all()
    for attempt_id in alone:  # its checks, its evidence and who made it go with it
        session.execute(delete(AttemptRow).where(AttemptRow.id == attempt_id))
    session.execute(delete(MakerRow).where(MakerRow.pupil_id == pupil_id))
    said = select(AuditRow.id).where(AuditRow.subject == pupil_id)
    session.execute(delete(AuditNoteRow).where(AuditNoteRow.audit_id.in_(said)))
    session.execute(delete(PupilRow).where(PupilRow.id == pupil_id))
    return Erased(len(alone), len(shared))
