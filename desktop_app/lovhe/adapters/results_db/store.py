"""`services.ports.ResultsStore` over the results file."""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import msgspec
from sqlalchemy import Select, select, type_coerce
from sqlalchemy.orm import Session, joinedload, selectinload

from lovhe.adapters.results_db.audit import SqlAudit
from lovhe.adapters.results_db.class_set import SqlClassSet
from lovhe.adapters.results_db.copy_notes import SqlCopyNotes
from lovhe.adapters.results_db.drafts import SqlDrafts
from lovhe.adapters.results_db.known_ids import all_ids, known_as
from lovhe.adapters.results_db.models import AttemptRow, CheckRow, EvidenceRow, IsoUtcTime, MakerRow, SameRow
from lovhe.adapters.results_db.opening import is_whole, open_engine, results_file, translated
from lovhe.adapters.results_db.retention import SqlRetention
from lovhe.adapters.results_db.roster import SqlRoster
from lovhe.adapters.results_db.teacher_door import SqlTeacherDoor
from lovhe.core.checks.evidence import Event, decode_events, encode_events
from lovhe.core.decoding import decode_json
from lovhe.core.errors import InputError
from lovhe.core.messages import N_
from lovhe.services.ports import Attempt, Mark


class _CheckOutcome(msgspec.Struct):
    id: str
    outcome: str


class _ReportOutcomes(msgspec.Struct):
    """What the table of checks needs of a stored report."""

    checks: list[_CheckOutcome]


class SqlResults:
    """Results in one SQLite file. Safe to open in several programs at once; close it when done."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the file at `path`, or the user's own. Raises `ResultsError`."""
        self.path = path or results_file()
        self._engine = open_engine(self.path)
        self._writing = self._engine.execution_options(lovhe_writes=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def class_set(self) -> SqlClassSet:
        """The boards that this PC knows, in the same file."""
        return SqlClassSet(self._engine, self.path)

    def roster(self) -> SqlRoster:
        """The classes and pupils that this PC knows, in the same file."""
        return SqlRoster(self._engine, self.path)

    def audit(self) -> SqlAudit:
        """What was changed by hand, in the same file."""
        return SqlAudit(self._engine, self.path)

    def teacher_door(self) -> SqlTeacherDoor:
        """What keeps pupils out of the teacher's side, in the same file."""
        return SqlTeacherDoor(self._engine, self.path)

    def retention(self) -> SqlRetention:
        """How long its attempts are kept, in the same file."""
        return SqlRetention(self._engine, self.path)

    def drafts(self) -> SqlDrafts:
        """What pupils were typing, and came with a copy, in the same file."""
        return SqlDrafts(self._engine, self.path)

    def copy_notes(self) -> SqlCopyNotes:
        """When the file was last copied to a safe place, in the same file."""
        return SqlCopyNotes(self._engine, self.path)

    def close(self) -> None:
        """Let the file go; the last one to do so folds SQLite's write-ahead log into it."""
        self._engine.dispose()

    def is_whole(self) -> bool:
        """Whether every page of the file is in order; reads all of it."""
        return is_whole(self.path)

    def add(self, attempt: Attempt) -> None:
        """Keep an attempt, its checks and its evidence in one transaction, on the disk when this returns. Raises `ResultsError`."""
        outcomes = decode_json(attempt.report, _ReportOutcomes).checks
        row = AttemptRow(
            id=attempt.id,
            lesson_id=attempt.lesson_id,
            step=attempt.step,
            board=attempt.board,
            when=datetime.datetime.fromisoformat(attempt.when_utc),
            outcome=attempt.outcome,
            points=attempt.points,
            total=attempt.total,
            program=attempt.program,
            report=attempt.report,
            checks=[CheckRow(position=index, check_id=check.id, outcome=check.outcome) for index, check in enumerate(outcomes)],
            evidence=EvidenceRow(events=zlib.compress(encode_events(attempt.evidence), 6)),
            makers=[MakerRow(pupil_id=pupil_id) for pupil_id in dict.fromkeys(attempt.pupils)],
        )
        with translated(self.path), Session(self._writing) as session, session.begin():
            session.add(row)

    def attempts(self, lesson_id: str | None = None, pupil_id: str | None = None) -> list[Attempt]:
        """All attempts, or those at one lesson, or by one pupil, oldest first, without their evidence. Raises `ResultsError`."""
        query = select(AttemptRow).options(selectinload(AttemptRow.makers)).order_by(AttemptRow.when, AttemptRow.id)
        if lesson_id is not None:
            query = query.where(AttemptRow.lesson_id == lesson_id)
        with translated(self.path), Session(self._engine) as session:
            if pupil_id is not None:
                made = select(MakerRow.attempt_id).where(MakerRow.pupil_id.in_(all_ids(session, [pupil_id])))
                query = query.where(AttemptRow.id.in_(made))
            same = {row.id: row.known_as for row in session.execute(select(SameRow.id, SameRow.known_as))}
            return [_attempt(row, [], same) for row in session.scalars(query)]

    def attempt(self, id_start: str) -> Attempt:
        """The one attempt whose id begins with `id_start`, with its evidence. Raises `InputError`, `ResultsError`."""
        start = id_start.lower()  # an id goes on with a hexadecimal digit or "-", which come before "g"; LIKE would look at each row
        query = select(AttemptRow).where(AttemptRow.id >= start, AttemptRow.id < f"{start}g").limit(2)
        with translated(self.path), Session(self._engine) as session:
            found = (
                session.scalars(query.options(joinedload(AttemptRow.evidence), selectinload(AttemptRow.makers))).all() if id_start else []
            )
            if not found:
                raise InputError(
                    N_("There is no result whose number begins with {id}.", id=id_start),
                    N_("`lovhe results` shows the numbers of all results."),
                )
            if len(found) > 1:
                raise InputError(
                    N_("More than one result has a number that begins with {id}.", id=id_start),
                    N_("Give more of the number: `lovhe results` shows them all."),
                )
            same = {maker.pupil_id: known_as(session, maker.pupil_id) for maker in found[0].makers}
            return _attempt(found[0], decode_events(zlib.decompress(found[0].evidence.events)), same)

    def progress_of(self, pupils: Sequence[str]) -> list[Mark]:
        """What each attempt that one of these pupils made came to, oldest first. Raises `ResultsError`."""
        with translated(self.path), Session(self._engine) as session:
            return marks_of(session, pupils)

    def failed_checks(self, attempts: Sequence[str]) -> dict[str, list[str]]:
        """See `services.ports.ResultsStore.failed_checks`."""
        row = CheckRow
        query = select(row.attempt_id, row.check_id).where(row.attempt_id.in_(attempts), row.outcome == "failed")
        failed: dict[str, list[str]] = {}
        with translated(self.path), Session(self._engine) as session:
            for attempt_id, check_id in session.execute(query.order_by(row.attempt_id, row.position)):
                failed.setdefault(attempt_id, []).append(check_id)
        return failed


def marks_of(session: Session, pupils: Sequence[str]) -> list[Mark]:
    """What each attempt that one of these pupils made came to, oldest first, in any database with these tables."""
    ids = all_ids(session, pupils)
    marks = dict[str, Mark]()
    for attempt_id, made_as, lesson_id, step, outcome, points, total, when in session.execute(marks_query(list(ids))).all():
        makers = (*(marks[attempt_id].pupils if attempt_id in marks else ()), ids[made_as])
        marks[attempt_id] = Mark(attempt_id, lesson_id, step, outcome, points, total, when, tuple(dict.fromkeys(makers)))
    return list(marks.values())


def marks_query(pupils: Sequence[str]) -> Select[str, str, str, str, str, int, int, str]:
    """A row for each attempt and each of `pupils` who made it: found by the key of attempt_pupils, and by that of attempts."""
    row = AttemptRow
    columns = (row.id, MakerRow.pupil_id, row.lesson_id, row.step, row.outcome, row.points, row.total, type_coerce(row.when, IsoUtcTime()))
    made = MakerRow.attempt_id == row.id
    return select(*columns).join(MakerRow, made).where(MakerRow.pupil_id.in_(pupils)).order_by(row.when, row.id, MakerRow.pupil_id)


def _attempt(row: AttemptRow, evidence: Sequence[Event], same: Mapping[str, str]) -> Attempt:
    return Attempt(
        id=row.id,
        lesson_id=row.lesson_id,
        board=row.board,
        pupils=tuple(sorted({same.get(maker.pupil_id, maker.pupil_id) for maker in row.makers})),
        when_utc=_iso(row.when),
        program=row.program,
        outcome=row.outcome,
        points=row.points,
        total=row.total,
        report=row.report,
        evidence=evidence,
        step=row.step,
    )


def _iso(when: datetime.datetime) -> str:
    return when.isoformat(timespec="seconds")
