"""Under which ids classes and pupils are known: each PC gives its own, and records keep those under which they were made."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.models import SameRow


def known_as(session: Session, one_id: str) -> str:
    """The id under which a class or a pupil is known here."""
    row = session.get(SameRow, one_id)
    return row.known_as if row is not None else one_id


def all_ids(session: Session, known: Iterable[str]) -> dict[str, str]:
    """These ids and all others of the same ones; for each the one under which it is known here."""
    found = {one: one for one in known}
    rows = session.execute(select(SameRow.id, SameRow.known_as).where(SameRow.known_as.in_(list(found)))).all()
    return found | {row.id: row.known_as for row in rows}
