"""`services.ports.copy_notes.CopyNotes` over the results file: it goes where the file goes, and a new file knows of no copy."""

from __future__ import annotations

import datetime
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.models import AttemptRow, HereRow
from lovhe.adapters.results_db.opening import translated
from lovhe.services.ports.copy_notes import LastCopy

_WHEN, _ATTEMPTS = "copied_utc", "copied_attempts"


class SqlCopyNotes:
    """The copies of one results file. Made by `SqlResults.copy_notes`, and of use while that is open."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._writing = engine.execution_options(lovhe_writes=True)
        self._path = path

    def last(self) -> LastCopy | None:
        """See `services.ports.copy_notes.CopyNotes.last`. What nobody can read is no copy: then the teacher makes one too many."""
        with translated(self._path), Session(self._engine) as session:
            rows = {row.name: row.value for row in session.scalars(select(HereRow).where(HereRow.name.in_((_WHEN, _ATTEMPTS))))}
        with suppress(KeyError, ValueError):
            when = datetime.datetime.fromisoformat(rows[_WHEN])
            return LastCopy(when.astimezone(datetime.UTC).isoformat(timespec="seconds"), int(rows[_ATTEMPTS]))
        return None

    def note(self, copy: LastCopy) -> None:
        """See `services.ports.copy_notes.CopyNotes.note`."""
        with translated(self._path), Session(self._writing) as session, session.begin():
            for name, value in ((_WHEN, copy.when_utc), (_ATTEMPTS, str(copy.attempts))):
                session.merge(HereRow(name=name, value=value))

    def attempts(self) -> int:
        """See `services.ports.copy_notes.CopyNotes.attempts`."""
        with translated(self._path), Session(self._engine) as session:
            return session.scalars(select(func.count(AttemptRow.id))).one()
