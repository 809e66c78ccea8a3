"""`services.ports.pupils.Roster` over the results file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import uuid_utils
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from lovhe.adapters.results_db.erasing import erase_pupil
from lovhe.adapters.results_db.known_ids import known_as
from lovhe.adapters.results_db.models import ClassRow, PupilRow
from lovhe.adapters.results_db.notes import note_changes, note_secret
from lovhe.adapters.results_db.opening import translated
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.core.pupils.class_changes import ClassChange
from lovhe.core.pupils.pupil import Pupil, SchoolClass, SecretKind, class_order
from lovhe.services.ports.pupils import Erased, KeptSecret


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
            row = session.get(PupilRow, known_as(session, pupil_id), options=[joinedload(PupilRow.school_class)])
            return _pupil(row, row.school_class.name) if row else None

    def change(self, changes: Sequence[ClassChange]) -> None:
        """See `services.ports.pupils.Roster.change`."""
        with self._writes() as session:
            rows = [_unchanged(session, change) for change in changes]
            pupils = {row.id: row for row in session.scalars(select(PupilRow))}
            before = {row.id: _facts(row) for row in rows} | {row.id: _facts(row) for row in pupils.values()}
            _make_room(session, rows, changes)
            for row, change in zip(rows, changes, strict=True):
                _write_class(row, change.after)
                for pupil in change.after.pupils:
                    if pupil.id not in pupils:
                        pupils[pupil.id] = _pupil_row(pupil, row.id)
                        session.add(pupils[pupil.id])
                    else:
                        known = pupils[pupil.id]
                        known.class_id, known.number, known.first_name, known.group = row.id, pupil.number, pupil.first_name, pupil.group
            changed = [row for row in pupils.values() if before.get(row.id) != _facts(row)]
            note_changes(session, [row for row in rows if before[row.id] != _facts(row)], changed)

    def erase(self, pupil_id: str) -> Erased:
        """See `services.ports.pupils.Roster.erase`."""
        return erase_pupil(self._engine, self._path, pupil_id)

    def set_secret_kind(self, class_name: str, kind: SecretKind) -> None:
        """See `services.ports.pupils.Roster.set_secret_kind`."""
        with self._writes() as session:
            of_class = _class_row(session, class_name)
            if of_class.secret_kind == kind:
                return
            of_class.secret_kind = kind
            note_changes(session, [of_class], [])
            for pupil in of_class.pupils:
                note_secret(session, pupil.id, kind, "")
            session.execute(update(PupilRow).where(PupilRow.class_id == of_class.id).values(secret="", wrong_tries=0, tried_wrong=None))

    def set_secret(self, pupil_id: str, hashed: str) -> None:
        """See `services.ports.pupils.Roster.set_secret`."""
        with self._writes() as session:
            row = session.get(PupilRow, known_as(session, pupil_id), options=[joinedload(PupilRow.school_class)])
            if row is not None:
                row.secret, row.wrong_tries, row.tried_wrong = hashed, 0, None
                note_secret(session, row.id, row.school_class.secret_kind, hashed)

    def secret(self, pupil_id: str) -> KeptSecret:
        """See `services.ports.pupils.Roster.secret`."""
        with self._reads() as session:
            row = session.get(PupilRow, known_as(session, pupil_id))
            if row is None:
                return KeptSecret()
            return KeptSecret(row.secret, row.wrong_tries, row.tried_wrong.isoformat() if row.tried_wrong else "")

    def note_try(self, pupil_id: str, right: bool, when_utc: str) -> None:
        """See `services.ports.pupils.Roster.note_try`."""
        with self._writes() as session:
            row = session.get(PupilRow, known_as(session, pupil_id))
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


def _unchanged(session: Session, change: ClassChange) -> ClassRow:
    """The row of the class that is to be changed, a new one for a new class. Raises `InputError` where it is not as it was."""
    row = _class_named(session, change.before.name if change.before is not None else change.after.name)
    if (_school_class(row) if row is not None else None) != change.before:
        raise InputError(
            N_("The class {name} was changed meanwhile, in another window.", name=change.after.name),
            N_("Nothing was changed now. Look at the class as it is, then try again."),
        )
    if row is None:
        row = ClassRow(id=str(uuid_utils.uuid7()), name=f"+{change.after.name}")  # another class may still have that name
        session.add(row)
    return row


def _make_room(session: Session, rows: Sequence[ClassRow], changes: Sequence[ClassChange]) -> None:
    """Take away for a moment the names and numbers that change: none may be there twice, and two may change places."""
    moved = {pupil.id for change in changes for pupil in change.after.pupils} - {
        pupil.id for change in changes if change.before is not None for pupil in change.before.pupils if pupil in change.after.pupils
    }
    for place, row in enumerate(rows):
        if row.name != changes[place].after.name:
            row.name = f"#{place}"
    for place, pupil in enumerate(session.scalars(select(PupilRow).where(PupilRow.id.in_(moved)))):
        pupil.number = -1 - place
    session.flush()


def _facts(row: ClassRow | PupilRow) -> tuple[object, ...]:
    """What is noted of a class or a pupil."""
    if isinstance(row, ClassRow):
        return (row.name, row.secret_kind, row.has_left)
    return (row.class_id, row.number, row.first_name, row.group)


def _write_class(row: ClassRow, school_class: SchoolClass) -> None:
    row.name, row.secret_kind, row.has_left = school_class.name, school_class.secret_kind, school_class.has_left


def _pupil_row(pupil: Pupil, class_id: str) -> PupilRow:
    return PupilRow(
        id=pupil.id, class_id=class_id, number=pupil.number, first_name=pupil.first_name, group=pupil.group, secret="", wrong_tries=0
    )


def _class_named(session: Session, name: str) -> ClassRow | None:
    return session.scalars(select(ClassRow).where(ClassRow.name == name).options(selectinload(ClassRow.pupils))).first()


def _class_row(session: Session, name: str) -> ClassRow:
    row = _class_named(session, name)
    if row is None:
        raise InputError(
            N_("There is no class {name} on this computer.", name=name), N_("`lovhe class list` shows the classes that there are.")
        )
    return row


def _school_class(row: ClassRow) -> SchoolClass:
    return SchoolClass(row.name, [_pupil(pupil, row.name) for pupil in row.pupils], cast("SecretKind", row.secret_kind), row.has_left)


def _pupil(row: PupilRow, class_name: str) -> Pupil:
    return Pupil(row.id, class_name, row.number, row.first_name, row.group)
