"""`services.ports.pupils.Roster` over the results file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import uuid_utils
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from lovhe.adapters.results_db.models import ClassRow, PupilRow
from lovhe.adapters.results_db.opening import translated
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.pupil import Pupil, SchoolClass, SecretKind, class_order
from lovhe.services.ports.pupils import KeptSecret


class SqlRoster:
    """The classes of one results file. Made by `SqlResults.roster`, and of use while that is open."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._writing = engine.execution_options(lovhe_writes=True)
        self._path = path

    def classes(self) -> list[SchoolClass]:
        """See `services.ports.pupils.Roster.classes`."""
        with self._reads() as session:
            rows = session.scalars(select(ClassRow).options(selectinload(ClassRow.pupils))).all()
            return [_school_class(row) for row in sorted(rows, key=lambda row: class_order(row.name))]

    def pupil(self, pupil_id: str) -> Pupil | None:
        """See `services.ports.pupils.Roster.pupil`."""
        with self._reads() as session:
            row = session.get(PupilRow, pupil_id, options=[joinedload(PupilRow.school_class)])
            return _pupil(row, row.school_class.name) if row else None

    def add_class(self, name: str) -> None:
        """See `services.ports.pupils.Roster.add_class`."""
        with self._writes() as session:
            if session.scalars(select(ClassRow).where(ClassRow.name == name)).first() is None:
                session.add(ClassRow(id=str(uuid_utils.uuid7()), name=name, secret_kind="none"))

    def add_pupils(self, class_name: str, first_names: Sequence[str]) -> list[Pupil]:
        """See `services.ports.pupils.Roster.add_pupils`."""
        with self._writes() as session:
            of_class = _class_row(session, class_name)
            highest = session.scalar(select(func.max(PupilRow.number)).where(PupilRow.class_id == of_class.id)) or 0
            rows = [
                PupilRow(id=str(uuid_utils.uuid7()), class_id=of_class.id, number=number, first_name=first_name, secret="", wrong_tries=0)
                for number, first_name in enumerate(first_names, highest + 1)
            ]
            session.add_all(rows)
            return [_pupil(row, class_name) for row in rows]

    def set_secret_kind(self, class_name: str, kind: SecretKind) -> None:
        """See `services.ports.pupils.Roster.set_secret_kind`."""
        with self._writes() as session:
            of_class = _class_row(session, class_name)
            if of_class.secret_kind == kind:
                return
            of_class.secret_kind = kind
            session.execute(update(PupilRow).where(PupilRow.class_id == of_class.id).values(secret="", wrong_tries=0, tried_wrong=None))

    def set_secret(self, pupil_id: str, hashed: str) -> None:
        """See `services.ports.pupils.Roster.set_secret`."""
        with self._writes() as session:
            session.execute(update(PupilRow).where(PupilRow.id == pupil_id).values(secret=hashed, wrong_tries=0, tried_wrong=None))

    def secret(self, pupil_id: str) -> KeptSecret:
        """See `services.ports.pupils.Roster.secret`."""
        with self._reads() as session:
            row = session.get(PupilRow, pupil_id)
            if row is None:
                return KeptSecret()
            return KeptSecret(row.secret, row.wrong_tries, row.tried_wrong.isoformat() if row.tried_wrong else "")

    def note_try(self, pupil_id: str, right: bool, when_utc: str) -> None:
        """See `services.ports.pupils.Roster.note_try`."""
        with self._writes() as session:
            row = session.get(PupilRow, pupil_id)
            if row is not None:
                row.wrong_tries = 0 if right else row.wrong_tries + 1
                row.tried_wrong = None if right else datetime.datetime.fromisoformat(when_utc)

    @contextmanager
    def _reads(self) -> Iterator[Session]:
        with translated(self._path), Session(self._engine) as session:
            yield session

    @contextmanager
    def _writes(self) -> Iterator[Session]:
        """A transaction that other writers wait for."""
        with translated(self._path), Session(self._writing) as session, session.begin():
            yield session


def _class_row(session: Session, name: str) -> ClassRow:
    row = session.scalars(select(ClassRow).where(ClassRow.name == name)).first()
    if row is None:
        raise InputError(
            N_("There is no class {name} on this computer.", name=name), N_("`lovhe class list` shows the classes that there are.")
        )
    return row


def _school_class(row: ClassRow) -> SchoolClass:
    return SchoolClass(row.name, [_pupil(pupil, row.name) for pupil in row.pupils], cast("SecretKind", row.secret_kind))


def _pupil(row: PupilRow, class_name: str) -> Pupil:
    return Pupil(row.id, class_name, row.number, row.first_name)
