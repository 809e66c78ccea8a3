"""`services.ports.retention.Retention` over the results file."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine, Select, delete, func, select, type_coerce
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.erasing import erase_attempts
from lovhe.adapters.results_db.known_ids import all_ids
from lovhe.adapters.results_db.models import AttemptRow, HereRow, IsoUtcTime, MakerRow
from lovhe.adapters.results_db.opening import translated

_MONTHS = "keep_months"


class SqlRetention:
    """Made by `SqlResults.retention`, and of use while that is open."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._path = path

    def months(self) -> int | None:
        """See `Retention.months`. What nobody can read is taken for ever: then nothing is erased."""
        with translated(self._path), Session(self._engine) as session:
            row = session.get(HereRow, _MONTHS)
            return int(row.value) if row is not None and row.value.isdecimal() else None

    def set_months(self, months: int | None) -> None:
        """See `Retention.set_months`."""
        with translated(self._path), Session(self._engine.execution_options(lovhe_writes=True)) as session, session.begin():
            session.execute(delete(HereRow).where(HereRow.name == _MONTHS))
            if months is not None:
                session.add(HereRow(name=_MONTHS, value=str(months)))

    def newest_of(self, pupils: Sequence[str]) -> dict[str, str]:
        """See `Retention.newest_of`."""
        newest = type_coerce(func.max(AttemptRow.when), IsoUtcTime())
        query = select(MakerRow.pupil_id, newest).join(AttemptRow, MakerRow.attempt_id == AttemptRow.id)
        found: dict[str, str] = {}
        with translated(self._path), Session(self._engine) as session:
            ids = all_ids(session, pupils)
            for made_as, when in session.execute(query.where(MakerRow.pupil_id.in_(ids)).group_by(MakerRow.pupil_id)):
                found[ids[made_as]] = max(found.get(ids[made_as], ""), when)
        return found

    def guests_attempts(self, before_utc: str) -> int:
        """See `Retention.guests_attempts`."""
        query = select(func.count()).select_from(_guests(before_utc).subquery())
        with translated(self._path), Session(self._engine) as session:
            return session.scalars(query).one()

    def erase_guests_attempts(self, before_utc: str) -> int:
        """See `Retention.erase_guests_attempts`."""
        return erase_attempts(self._engine, self._path, _guests(before_utc))


def _guests(before_utc: str) -> Select[str]:
    """The ids of attempts that nobody in particular has made."""
    made = select(MakerRow.attempt_id).where(MakerRow.attempt_id == AttemptRow.id)
    return select(AttemptRow.id).where(AttemptRow.when < datetime.datetime.fromisoformat(before_utc), ~made.exists())
