"""Taking pupils and guests out of the results file, so that nothing of them stays in it, not even in its free pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import Engine, Select, delete, exists, or_, select
from sqlalchemy.orm import Session, aliased

from lovhe.adapters.results_db.audit import append
from lovhe.adapters.results_db.drafts import forget_drafts_of
from lovhe.adapters.results_db.incoming import clear_incoming
from lovhe.adapters.results_db.known_ids import all_ids
from lovhe.adapters.results_db.models import ApartRow, AttemptRow, AuditNoteRow, AuditRow, MakerRow, MovedRow, PupilNoteRow, SecretRow
from lovhe.adapters.results_db.notes import rebuild
from lovhe.adapters.results_db.opening import fold_away, translated, write_over
from lovhe.core.errors import ResultsError
from lovhe.core.messages import N_
from lovhe.services.ports.pupils import Erased

GUESTS = ""
"""The subject of an audit entry that tells of guests."""


class _ErasedNote(msgspec.Struct):
    """What is written down of it: no name."""

    attempts: int
    shared: int


def erase_pupil(engine: Engine, path: Path, pupil_id: str) -> Erased:
    """See `services.ports.pupils.Roster.erase`. No merge brings back what they did under one of the ids that are known here."""
    with _erasing(engine, path) as session:
        ids = set(all_ids(session, [pupil_id]))
        known = session.scalars(select(PupilNoteRow.id).where(PupilNoteRow.id.in_(ids)).distinct()).all()
        if not known:
            return Erased(0, 0)
        forget_drafts_of(session, ids)
        gone = take_out(session, ids)
        for one_id in sorted(known):
            _note(session, one_id, gone)
        rebuild(session)
    return gone


def erase_attempts(engine: Engine, path: Path, wanted: Select[str]) -> int:
    """Take out the attempts whose ids `wanted` selects, all of them guests'; how many they were. Nothing is noted of none."""
    with _erasing(engine, path) as session:
        ids = session.scalars(wanted).all()
        _delete_attempts(session, ids)
        if ids:
            _note(session, GUESTS, Erased(len(ids), 0))
    return len(ids)


def take_out(session: Session, ids: Iterable[str]) -> Erased:
    """All that is kept under these pupils' ids goes, in any database with these tables; but for their rows in the table of pupils."""
    ids = list(ids)
    other = aliased(MakerRow)
    with_others = exists().where(other.attempt_id == MakerRow.attempt_id, other.pupil_id.not_in(ids))
    made = select(MakerRow.attempt_id).where(MakerRow.pupil_id.in_(ids)).distinct()
    shared = session.scalars(made.where(with_others)).all()
    alone = session.scalars(made.where(~with_others)).all()
    _delete_attempts(session, alone)
    session.execute(delete(MakerRow).where(MakerRow.pupil_id.in_(ids)))
    said = select(AuditRow.id).where(AuditRow.subject.in_(ids), AuditRow.kind != "erase")
    session.execute(delete(AuditNoteRow).where(AuditNoteRow.audit_id.in_(said)))
    session.execute(delete(PupilNoteRow).where(PupilNoteRow.id.in_(ids)))
    session.execute(delete(SecretRow).where(SecretRow.pupil_id.in_(ids)))
    session.execute(delete(ApartRow).where(or_(ApartRow.id.in_(ids), ApartRow.other.in_(ids))))
    session.execute(delete(MovedRow).where(or_(MovedRow.old_id.in_(ids), MovedRow.new_id.in_(ids))))
    return Erased(len(alone), len(shared))


@contextmanager
def _erasing(engine: Engine, path: Path) -> Iterator[Session]:
    """A transaction after which what it has deleted can be found neither in the file nor beside it."""
    with translated(path), Session(engine.execution_options(lovhe_writes=True)) as session, session.begin():
        write_over(session)
        yield session
    if not (clear_incoming(path) and fold_away(path)):
        raise ResultsError(
            N_("What was to be erased is erased, but {file} could not be cleaned: it still has traces.", file=str(path)),
            N_("Make room on the disk if it is full, then close all windows of Lövhə: the traces go with that."),
        )


def _delete_attempts(session: Session, ids: Sequence[str]) -> None:
    for attempt_id in ids:  # its checks, its evidence and who made it go with it
        session.execute(delete(AttemptRow).where(AttemptRow.id == attempt_id))


def _note(session: Session, subject: str, erased: Erased) -> None:
    append(session, "erase", subject, msgspec.json.encode(_ErasedNote(erased.attempts, erased.shared)).decode())
