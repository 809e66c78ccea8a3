"""All that leaves this PC for a school's server, and nothing else does.

Of a pupil the first name, number and class; what they handed in, with its evidence; that something was set by hand, and the points.
No secrets, no reasons, no groups, no boards, no guests' attempts, nothing that is still being typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import msgspec
from sqlalchemy import ColumnElement, CompoundSelect, LargeBinary, String, TableClause, column, func, select, table
from sqlalchemy.orm import DeclarativeBase, Session

from lovhe.adapters.results_db.models import (
    AttemptRow,
    AuditNoteRow,
    AuditRow,
    Base,
    CheckRow,
    ClassRow,
    EvidenceRow,
    HereRow,
    MakerRow,
    PackedJson,
    PupilRow,
    SameRow,
)
from lovhe.adapters.results_db.opening import open_engine, translated
from lovhe.core.decoding import decode_json
from lovhe.core.marks.corrections import CorrectionNote

Row = dict[str, Any]

_SCHOOL = "school"
_ROSTER: dict[type[Base], tuple[str, ...]] = {
    ClassRow: ("id", "name", "has_left"),
    PupilRow: ("id", "class_id", "number", "first_name"),
    SameRow: ("id", "known_as"),
}
_UNSENT = {"student": ""}  # what pupils once typed freely as their name


class Amount(msgspec.Struct, frozen=True):
    """How much there is to send, whether or not it is there already."""

    pupils: int
    attempts: int


class Outgoing:
    """One results file, to be read. Close it when done. All methods raise `ResultsError`."""

    def __init__(self, results: Path) -> None:
        self._path = results
        self._engine = open_engine(results)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._engine.dispose()

    def school(self) -> str:
        """The name under which results were sent last; "" where they never were."""
        with translated(self._path), Session(self._engine) as session:
            kept = session.get(HereRow, _SCHOOL)
            return kept.value if kept is not None else ""

    def keep_school(self, name: str) -> None:
        """Send under this name from now on."""
        writing = self._engine.execution_options(lovhe_writes=True)
        with translated(self._path), Session(writing) as session, session.begin():
            session.merge(HereRow(name=_SCHOOL, value=name))

    def amount(self) -> Amount:
        """Of all."""
        made = select(func.count(MakerRow.attempt_id.distinct())).where(MakerRow.pupil_id.in_(_ids_of_pupils()))
        with translated(self._path), Session(self._engine) as session:
            return Amount(session.scalar(select(func.count()).select_from(PupilRow)) or 0, session.scalar(made) or 0)

    def roster(self, model: type[Base]) -> list[Row]:
        """All classes or pupils, or the other ids that they are known under, by the names of their columns."""
        of = as_kept(model)
        return self._rows([of.c[name] for name in _ROSTER[model]])

    def erased(self) -> list[Row]:
        """The audit entries of pupils who were erased."""
        return self._rows(ENTRIES.c, ENTRIES.c.kind == "erase")

    def corrected(self) -> list[tuple[Row, CorrectionNote | None]]:
        """The audit entries of points set by hand; what was set, where the pupil was not erased since."""
        query = select(AuditRow.id, AuditNoteRow.note).join(AuditNoteRow, AuditNoteRow.audit_id == AuditRow.id)
        with translated(self._path), Session(self._engine) as session:
            notes = dict(session.execute(query.where(AuditRow.kind == "mark")).all())
        entries = self._rows(ENTRIES.c, ENTRIES.c.kind == "mark")
        return [(row, decode_json(notes[row["id"]].encode(), CorrectionNote) if row["id"] in notes else None) for row in entries]

    def attempt_ids(self, after: str, most: int, without: Iterable[str]) -> list[str]:
        """The next attempts by their ids, of those that a pupil of this PC made who is not one of `without`."""
        query = select(MakerRow.attempt_id).where(MakerRow.attempt_id > after, MakerRow.pupil_id.in_(_ids_of_pupils(without)))
        with translated(self._path), Session(self._engine) as session:
            return list(session.scalars(query.distinct().order_by(MakerRow.attempt_id).limit(most)))

    def attempts(self, ids: Sequence[str]) -> dict[TableClause, list[Row]]:
        """All rows of these attempts; what is compressed stays so."""
        keys = [(ATTEMPTS, ATTEMPTS.c.id), *((one, one.c.attempt_id) for one in BELONGING)]
        return {of: self._rows(of.c, key.in_(ids)) for of, key in keys}

    def _rows(self, columns: Iterable[ColumnElement[Any]], *only: ColumnElement[bool]) -> list[Row]:
        by_name = {str(one.key): one for one in columns}
        with translated(self._path), Session(self._engine) as session:
            rows = session.execute(select(*by_name.values()).where(*only)).mappings().all()
        return [{name: _UNSENT.get(name, _fitting(row[name], one)) for name, one in by_name.items()} for row in rows]


def _ids_of_pupils(without: Iterable[str] = ()) -> CompoundSelect[str]:
    """All ids under which the pupils have made something: those that other PCs gave them, too."""
    pupils = select(PupilRow.id).where(PupilRow.id.not_in(list(without)))
    return pupils.union(select(SameRow.id).where(SameRow.known_as.in_(pupils)))


def as_kept(model: type[DeclarativeBase]) -> TableClause:
    """A table whose compressed columns are read and written as they are: to compress a report anew takes longer than to send it."""
    kept = model.metadata.tables[model.__tablename__]
    return table(kept.name, *(column(one.name, LargeBinary() if isinstance(one.type, PackedJson) else one.type) for one in kept.columns))


ATTEMPTS, ENTRIES, MAKERS = as_kept(AttemptRow), as_kept(AuditRow), as_kept(MakerRow)
BELONGING = (as_kept(CheckRow), as_kept(EvidenceRow), MAKERS)
"""What has its attempt's id, `attempt_id`."""


def _fitting(value: Any, of: ColumnElement[Any]) -> Any:
    """A text as PostgreSQL takes it, where SQLite minds neither NUL nor length."""
    if not isinstance(value, str):
        return value
    return value.replace("\0", "\ufffd")[: of.type.length if isinstance(of.type, String) else None]
