"""Sending a school's results to its server: what is lacking there, in batches each of which is there whole or not at all.

What is there is asked for each time, so it can be cut off anywhere and done again; nothing on this PC says what was sent.
Of an erased pupil an audit entry stays, on this PC as well as there: from no other PC do they come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
import uuid_utils
from sqlalchemy import ARRAY, ColumnElement, String, TableClause, any_, delete, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from lovhe.adapters.results_db.erasing import take_out
from lovhe.adapters.results_db.models import AttemptRow, AuditRow, ClassRow, PupilRow, SameRow
from lovhe.adapters.school_db.models import CorrectionRow, SchoolClassRow, SchoolRow, SummaryRow
from lovhe.adapters.school_db.opening import SchoolDb
from lovhe.adapters.school_db.outgoing import ATTEMPTS, ENTRIES, MAKERS, Outgoing, Row, as_kept
from lovhe.adapters.school_db.summing import sum_up
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.marks.summaries import Summary

_ASKED_AT_ONCE = 5_000
_BATCH = 500


class Pushed(msgspec.Struct, frozen=True):
    """What was sent now: pupils that are new or changed, attempts that were lacking, points set by hand; and pupils erased there.

    `kept_out` are pupils of this PC who were erased from another one.
    """

    pupils: int
    attempts: int
    corrections: int
    erased: int
    kept_out: int


def push(db: SchoolDb, own: Outgoing, school: str, lessons: Sequence[Lesson], told: Callable[[int], None] = lambda done: None) -> Pushed:
    """Bring the server up to date with the results file. `told` hears how many more attempts are there, sent now or before.

    Raises `LovheError`; what was sent until then stays there.
    """
    with db.writes_of(school) as session:
        erased = _erase(session, own)
        kept_out = _erased_among(session, [row["id"] for row in own.roster(PupilRow)])
        pupils = _send_roster(session, own, _school_id(session, school), kept_out)
        corrections = _send_corrections(session, own)
    attempts = _send_attempts(db, own, school, kept_out, told)
    sum_up(db, school, lessons)
    return Pushed(pupils, attempts, corrections, erased, len(kept_out))


def _erase(session: Session, own: Outgoing) -> int:
    """Take those out who were erased on this PC, and note it there."""
    entries = own.erased()
    there = set(session.scalars(select(AuditRow.id).where(_among(AuditRow.id, [row["id"] for row in entries]))))
    lacking = [row for row in entries if row["id"] not in there]
    found = 0
    for row in lacking:
        found += session.get(PupilRow, row["subject"]) is not None
        take_out(session, [row["subject"]])
        session.execute(delete(PupilRow).where(PupilRow.id == row["subject"]))
    _add(session, ENTRIES, lacking)
    return found


def _erased_among(session: Session, pupils: Sequence[str]) -> set[str]:
    return set(session.scalars(select(AuditRow.subject).where(AuditRow.kind == "erase", _among(AuditRow.subject, pupils))))


def _school_id(session: Session, school: str) -> str:
    found = session.scalars(select(SchoolRow.id).where(SchoolRow.name == school)).first()
    if found is not None:
        return found
    new = SchoolRow(id=str(uuid_utils.uuid7()), name=school)
    session.add(new)
    session.flush()
    return new.id


def _send_roster(session: Session, own: Outgoing, school_id: str, kept_out: set[str]) -> int:
    """Classes and pupils as they are here; who is no more in a class of this PC stays there as they were."""
    classes = own.roster(ClassRow)
    pupils = [row for row in own.roster(PupilRow) if row["id"] not in kept_out]
    _renew(session, as_kept(ClassRow), classes, {"secret_kind": "none"})
    changed = _renew(session, as_kept(PupilRow), pupils, {"group_number": 0, "secret": "", "wrong_tries": 0})
    of_school = [{"class_id": row["id"], "school_id": school_id} for row in classes]
    _renew(session, as_kept(SchoolClassRow), of_school)
    unsummed = dict.fromkeys(Summary.__struct_fields__, 0) | {"waiting": True}
    _renew(session, as_kept(SummaryRow), [{"pupil_id": row["id"], "class_id": row["class_id"]} for row in pupils], unsummed)
    if _renew(session, as_kept(SameRow), own.roster(SameRow)):
        _join(session)
    return changed


def _join(session: Session) -> None:
    """What was sent while one pupil, or one class, had an id from each PC, is theirs from now on."""
    _wait(session, session.scalars(select(SameRow.known_as)).all())
    for column in (PupilRow.class_id, SummaryRow.class_id, CorrectionRow.pupil_id):
        session.execute(update(column.class_).where(column == SameRow.id).values({column: SameRow.known_as}))
    for key in (PupilRow.id, SchoolClassRow.class_id, ClassRow.id):
        session.execute(delete(key.class_).where(key.in_(select(SameRow.id))))


def _send_corrections(session: Session, own: Outgoing) -> int:
    """What was set by hand: the entry, so that a later change of it is noticed, and the points."""
    entries = own.corrected()
    there = set(session.scalars(select(AuditRow.id).where(_among(AuditRow.id, [row["id"] for row, _ in entries]))))
    lacking = [(row, note) for row, note in entries if row["id"] not in there]
    _add(session, ENTRIES, [row for row, _ in lacking])
    same = _known_as(session, [row["subject"] for row, _ in lacking])
    known = set(session.scalars(select(PupilRow.id).where(_among(PupilRow.id, list(same.values())))))
    points = [
        {
            "audit_id": row["id"],
            "pupil_id": same[row["subject"]],
            "lesson_id": note.lesson[:100],
            "points": note.points,
            "when_utc": row["when_utc"],
        }
        for row, note in lacking
        if note is not None and same[row["subject"]] in known
    ]
    _add(session, as_kept(CorrectionRow), points)
    _wait(session, known)
    return len(points)


def _send_attempts(db: SchoolDb, own: Outgoing, school: str, kept_out: set[str], told: Callable[[int], None]) -> int:
    sent, last = 0, ""
    while ids := own.attempt_ids(last, _ASKED_AT_ONCE, kept_out):
        last = ids[-1]
        with db.reads() as session:
            there = set(session.scalars(select(AttemptRow.id).where(_among(AttemptRow.id, ids))))
        told(len(there))
        lacking = [one for one in ids if one not in there]
        for begin in range(0, len(lacking), _BATCH):
            batch = lacking[begin : begin + _BATCH]
            rows = own.attempts(batch)
            with db.writes_of(school) as session:
                sent += _send_batch(session, rows)
            told(len(batch))
    return sent


def _send_batch(session: Session, rows: dict[TableClause, list[Row]]) -> int:
    """These attempts with all that belongs to them, without pupils who were erased meanwhile."""
    gone = _erased_among(session, [row["pupil_id"] for row in rows[MAKERS]])
    rows[MAKERS] = [row for row in rows[MAKERS] if row["pupil_id"] not in gone]
    made = {row["attempt_id"] for row in rows[MAKERS]}
    for table, of_table in rows.items():
        key = "id" if table is ATTEMPTS else "attempt_id"
        _add(session, table, [row for row in of_table if row[key] in made])
    _wait(session, _known_as(session, [row["pupil_id"] for row in rows[MAKERS]]).values())
    return len(made)


def _known_as(session: Session, pupils: Sequence[str]) -> dict[str, str]:
    """For each of these ids the one under which the pupil is known."""
    rows = session.execute(select(SameRow.id, SameRow.known_as).where(_among(SameRow.id, pupils))).all()
    return {one: one for one in pupils} | {row.id: row.known_as for row in rows}


def _wait(session: Session, pupils: Iterable[str]) -> None:
    """Note in the same transaction that they are to be summed up: who is cut off now does it the next time."""
    session.execute(update(SummaryRow).where(_among(SummaryRow.pupil_id, list(pupils))).values(waiting=True))


def _add(session: Session, table: TableClause, rows: Sequence[Row]) -> None:
    """Insert what is not there."""
    if rows:
        session.execute(insert(table).on_conflict_do_nothing(), rows)


def _renew(session: Session, table: TableClause, rows: Sequence[Row], when_new: Row | None = None) -> int:
    """Insert what is not there and change what is there otherwise; how many rows that were. The key is the first column of the rows."""
    if not rows:
        return 0
    key, *others = rows[0]
    found = session.execute(select(*(table.c[name] for name in rows[0])).where(_among(table.c[key], [row[key] for row in rows])))
    there = {row[key]: dict(row) for row in found.mappings()}
    lacking = [row for row in rows if there.get(row[key]) != row]
    if lacking:
        added = insert(table)
        changed = {name: added.excluded[name] for name in others}
        session.execute(added.on_conflict_do_update(index_elements=[key], set_=changed), [row | (when_new or {}) for row in lacking])
    return len(lacking)


def _among(column: ColumnElement[str] | InstrumentedAttribute[str], values: Sequence[str]) -> ColumnElement[bool]:
    """`column IN values` with one parameter, however many values there are."""
    return column == any_(literal(list(values), ARRAY(String)))
