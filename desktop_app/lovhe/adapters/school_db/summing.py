"""Each pupil's summary, from all that is at the server: also what another PC of the school has sent."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.models import ClassRow, PupilRow
from lovhe.adapters.results_db.store import marks_of
from lovhe.adapters.school_db.models import CorrectionRow, SchoolClassRow, SchoolRow, SummaryRow
from lovhe.adapters.school_db.opening import SchoolDb
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.marks.corrections import Correction
from lovhe.core.marks.summaries import summaries
from lovhe.core.pupils.pupil import Pupil


def sum_up(db: SchoolDb, school: str, lessons: Sequence[Lesson]) -> None:
    """Sum up who is waiting for it, a class a transaction. Raises `LovheError`."""
    with db.reads() as session:
        classes = session.scalars(_waiting(school)).all()
    for class_id in classes:
        with db.writes_of(school) as session:
            _sum_up_class(session, class_id, lessons)


def _waiting(school: str) -> Select[str]:
    """The classes of the school with a pupil who waits."""
    pupils = select(PupilRow.class_id).join(SummaryRow, SummaryRow.pupil_id == PupilRow.id).where(SummaryRow.waiting)
    of_school = select(SchoolClassRow.class_id).join(SchoolRow, SchoolRow.id == SchoolClassRow.school_id).where(SchoolRow.name == school)
    return pupils.where(PupilRow.class_id.in_(of_school)).distinct()


def _sum_up_class(session: Session, class_id: str, lessons: Sequence[Lesson]) -> None:
    rows = session.execute(
        select(PupilRow.id, ClassRow.name, PupilRow.number, PupilRow.first_name)
        .join(ClassRow, ClassRow.id == PupilRow.class_id)
        .where(PupilRow.class_id == class_id)
    )
    pupils = [Pupil(*row) for row in rows]
    ids = [pupil.id for pupil in pupils]
    set_by_hand = select(CorrectionRow).where(CorrectionRow.pupil_id.in_(ids)).order_by(CorrectionRow.when_utc, CorrectionRow.audit_id)
    corrections = [Correction(row.pupil_id, row.lesson_id, row.points, "", row.when_utc) for row in session.scalars(set_by_hand)]
    found = summaries(lessons, pupils, marks_of(session, ids), corrections)
    values = [{"pupil_id": pupil_id, "waiting": False, **msgspec.structs.asdict(one)} for pupil_id, one in found.items()]
    session.execute(update(SummaryRow), values)
