"""`services.ports.audit.Audit` over the results file: what a teacher changes by hand, and the chain that tells whether it is all there."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import msgspec
import uuid_utils
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, joinedload

from lovhe.adapters.results_db.known_ids import all_ids
from lovhe.adapters.results_db.models import AuditNoteRow, AuditRow, HereRow
from lovhe.adapters.results_db.opening import translated
from lovhe.core.audit.hash_chain import SALT_BYTES, Entry, Fault, Kind, Note, faults, head, linked
from lovhe.core.decoding import decode_json
from lovhe.core.marks.corrections import Correction, CorrectionNote


class SqlAudit:
    """The changes by hand of one results file. Made by `SqlResults.audit`, and of use while that is open."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._writing = engine.execution_options(lovhe_writes=True)
        self._path = path

    def correct(self, pupil_id: str, lesson_id: str, points: int | None, reason: str) -> None:
        """See `services.ports.audit.Audit.correct`."""
        note = msgspec.json.encode(CorrectionNote(lesson_id, points, reason)).decode()
        with translated(self._path), Session(self._writing) as session, session.begin():
            append(session, "mark", pupil_id, note)

    def corrections(self, pupils: Sequence[str]) -> list[Correction]:
        """See `services.ports.audit.Audit.corrections`."""
        query = select(AuditRow).where(AuditRow.kind == "mark").options(joinedload(AuditRow.note))
        with translated(self._path), Session(self._engine) as session:
            ids = all_ids(session, pupils)
            rows = session.scalars(query.where(AuditRow.subject.in_(ids)).order_by(AuditRow.when_utc, AuditRow.id)).all()
        return [_correction(ids[row.subject], row, row.note) for row in rows if row.note is not None]

    def faults(self) -> list[tuple[Fault, Entry]]:
        """See `services.ports.audit.Audit.faults`."""
        entries, notes = self._all()
        return faults(entries, notes)

    def head(self) -> tuple[int, str]:
        """See `services.ports.audit.Audit.head`."""
        entries, _ = self._all()
        return len(entries), head(entries)

    def _all(self) -> tuple[list[Entry], dict[str, Note]]:
        with translated(self._path), Session(self._engine) as session:
            return all_entries(session)


def all_entries(session: Session) -> tuple[list[Entry], dict[str, Note]]:
    """All chains, and what was said, by the entries' ids."""
    rows = session.scalars(select(AuditRow).options(joinedload(AuditRow.note))).all()
    return [_entry(row) for row in rows], {row.id: Note(row.note.salt, row.note.note) for row in rows if row.note is not None}


def append(session: Session, kind: Kind, subject: str, text: str) -> None:
    """Put an entry at the end of this file's chain, in a transaction that other writers wait for."""
    here = session.get_one(HereRow, "chain")
    newest = session.scalars(
        select(AuditRow).where(AuditRow.chain == here.value).order_by(AuditRow.place.desc(), AuditRow.id).limit(1)
    ).first()
    note = Note(secrets.token_hex(SALT_BYTES), text)
    when_utc = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    last = _entry(newest) if newest is not None else None
    entry = linked(last, str(uuid_utils.uuid7()), here.value, when_utc, kind, subject, note)
    row = AuditRow(**msgspec.structs.asdict(entry))
    row.note = AuditNoteRow(audit_id=entry.id, salt=note.salt, note=note.text)
    session.add(row)


def _entry(row: AuditRow) -> Entry:
    return Entry(row.id, row.chain, row.place, row.when_utc, cast("Kind", row.kind), row.subject, row.note_hash, row.before, row.hash)


def _correction(pupil_id: str, row: AuditRow, note: AuditNoteRow) -> Correction:
    said = decode_json(note.note.encode(), CorrectionNote)
    return Correction(pupil_id, said.lesson, said.points, said.reason, row.when_utc)
