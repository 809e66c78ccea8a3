"""`services.ports.teacher_door.TeacherDoor` over the results file: who takes the passphrase away takes away all that it guards."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.models import HereRow
from lovhe.adapters.results_db.opening import translated
from lovhe.services.ports.pupils import KeptSecret

PASSPHRASE, WRONG, WRONG_UTC = DOOR = ("passphrase", "wrong_tries", "wrong_utc")
"""The rows of `here` that belong to the door."""


class SqlTeacherDoor:
    """The passphrase of one results file. Made by `SqlResults.teacher_door`, and of use while that is open."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._writing = engine.execution_options(lovhe_writes=True)
        self._path = path

    def kept(self) -> KeptSecret:
        """See `services.ports.teacher_door.TeacherDoor.kept`."""
        with translated(self._path), Session(self._engine) as session:
            return _kept(session)

    def choose(self, hashed: str) -> None:
        """See `services.ports.teacher_door.TeacherDoor.choose`."""
        with translated(self._path), Session(self._writing) as session, session.begin():
            _put(session, KeptSecret(hashed))

    def note_try(self, right: bool, when_utc: str) -> None:
        """See `services.ports.teacher_door.TeacherDoor.note_try`."""
        with translated(self._path), Session(self._writing) as session, session.begin():
            kept = _kept(session)
            _put(session, KeptSecret(kept.hashed) if right else KeptSecret(kept.hashed, kept.wrong + 1, when_utc))


def _kept(session: Session) -> KeptSecret:
    rows = {row.name: row.value for row in session.scalars(select(HereRow).where(HereRow.name.in_(DOOR)))}
    return KeptSecret(rows.get(PASSPHRASE, ""), int(rows.get(WRONG, 0)), rows.get(WRONG_UTC, ""))


def _put(session: Session, kept: KeptSecret) -> None:
    for name, value in ((PASSPHRASE, kept.hashed), (WRONG, str(kept.wrong)), (WRONG_UTC, kept.wrong_utc)):
        session.merge(HereRow(name=name, value=value))
