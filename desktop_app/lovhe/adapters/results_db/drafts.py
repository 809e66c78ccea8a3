"""What pupils are typing, in a copy of the results file: put in beside the results, and taken out again where the copy is put back."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, or_, select
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.models import DraftRow, PupilNoteRow
from lovhe.adapters.results_db.opening import connected, fold_away, translated, write_over
from lovhe.adapters.work_files import MOST_BYTES
from lovhe.core.pupils.group import groups_with, work_key
from lovhe.services.ports.drafts import Draft

_SOME = 200


class SqlDrafts:
    """`services.ports.drafts.Drafts` over the results file. Made by `SqlResults.drafts`, and of use while that is open."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._path = path

    def waiting(self) -> list[Draft]:
        """See `services.ports.drafts.Drafts.waiting`."""
        with translated(self._path), Session(self._engine) as session:
            return [Draft(row.group, row.name, row.data) for row in session.scalars(select(DraftRow).limit(_SOME))]

    def forget(self, drafts: list[Draft]) -> None:
        """See `services.ports.drafts.Drafts.forget`."""
        with translated(self._path):
            with Session(self._engine.execution_options(lovhe_writes=True)) as session, session.begin():
                write_over(session)
                for one in drafts:
                    session.execute(delete(DraftRow).where(DraftRow.group == one.group, DraftRow.name == one.name))
            fold_away(self._path)


def put_drafts(file: Path, drafts: Iterable[Draft]) -> None:
    """Put them into a copy that nobody else has open."""
    with contextlib.closing(connected(file)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        rows = ((one.group, one.name, one.data) for one in drafts)
        connection.executemany("INSERT OR REPLACE INTO drafts (group_key, name, data) VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")


def drop_strange_drafts(connection: Connection) -> None:
    """What no PC puts into a copy goes: SQLite lets anything stand anywhere."""
    connection.execute(
        delete(DraftRow).where(
            or_(
                func.typeof(DraftRow.group) != "text",
                func.typeof(DraftRow.name) != "text",
                func.typeof(DraftRow.data) != "blob",
                DraftRow.group.op("GLOB")("*[^0-9a-f]*"),
                DraftRow.name.op("GLOB")("*[^a-z0-9_~@/.-]*"),
                func.length(DraftRow.data) > MOST_BYTES,
            )
        )
    )


def forget_drafts_of(session: Session, pupils: Collection[str]) -> None:
    """What waits of groups with one of these pupils, by all ids that they have, goes."""
    waiting = set(session.scalars(select(DraftRow.group).distinct()))
    if not waiting:
        return
    others = session.scalars(select(PupilNoteRow.id).distinct()).all()
    keys = {work_key(group) for pupil in pupils for group in groups_with(pupil, [one for one in others if one != pupil])}
    session.execute(delete(DraftRow).where(DraftRow.group.in_(waiting & keys)))
