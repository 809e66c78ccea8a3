"""What classes and pupils were, noted at each change, and the tables of classes and pupils, which can be made of that anew."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from lovhe.adapters.results_db.known_ids import all_ids
from lovhe.adapters.results_db.models import ApartRow, ClassNoteRow, ClassRow, HereRow, MovedRow, PupilNoteRow, PupilRow, SameRow, SecretRow
from lovhe.core.decoding import converted
from lovhe.core.pupils.joined_roster import ClassNote, JoinedRoster, PupilNote, joined_roster
from lovhe.core.pupils.pupil import looks
from lovhe.core.pupils.same_ones import Name

_CLASS_COLUMNS = (
    ClassNoteRow.when_utc,
    ClassNoteRow.chain,
    ClassNoteRow.id,
    ClassNoteRow.name,
    ClassNoteRow.secret_kind,
    ClassNoteRow.has_left,
)
_PUPIL_COLUMNS = (
    PupilNoteRow.when_utc,
    PupilNoteRow.chain,
    PupilNoteRow.id,
    PupilNoteRow.class_id,
    PupilNoteRow.number,
    PupilNoteRow.first_name,
    PupilNoteRow.group,
)


def note_changes(session: Session, classes: Sequence[ClassRow], pupils: Sequence[PupilRow]) -> None:
    """Note what these are from now on, under each of their ids, so that what is one stays one."""
    _note_apart(session, classes, pupils)
    when_utc, chain = _moment(session), session.get_one(HereRow, "chain").value
    class_rows, pupil_rows = {row.id: row for row in classes}, {row.id: row for row in pupils}
    for one_id, known in all_ids(session, [*class_rows, *pupil_rows]).items():
        if known in class_rows:
            of_class = class_rows[known]
            values = {"name": of_class.name, "secret_kind": of_class.secret_kind, "has_left": of_class.has_left}
            session.add(ClassNoteRow(id=one_id, when_utc=when_utc, chain=chain, **values))
        else:
            one = pupil_rows[known]
            place = {"class_id": one.class_id, "number": one.number, "group": one.group}
            session.add(PupilNoteRow(id=one_id, when_utc=when_utc, chain=chain, first_name=one.first_name, **place))


def _note_apart(session: Session, classes: Sequence[ClassRow], pupils: Sequence[PupilRow]) -> None:
    """Whoever comes to a name that somebody else here has, or had, is not that one: last year's 5A is not this year's."""
    known = {row.id: row.known_as for row in session.execute(select(SameRow.id, SameRow.known_as))}
    called: dict[Name, set[str]] = defaultdict(set)
    for one in session.execute(select(ClassNoteRow.id, ClassNoteRow.name)):
        called[(looks(one.name),)].add(one.id)
    if pupils:
        for note in session.execute(select(*_PUPIL_COLUMNS)):
            called[(known.get(note.class_id, note.class_id), note.number, note.first_name.casefold())].add(note.id)
    names: list[tuple[str, Name]] = [(row.id, (looks(row.name),)) for row in classes]
    names += [(row.id, (row.class_id, row.number, row.first_name.casefold())) for row in pupils]
    for one_id, name in names:
        for other in called[name]:
            if known.get(other, other) != one_id:
                session.merge(ApartRow(id=min(one_id, other), other=max(one_id, other)))


def note_secret(session: Session, pupil_id: str, kind: str, secret: str) -> None:
    """Note a pupil's secret from now on."""
    session.merge(SecretRow(pupil_id=pupil_id, when_utc=_moment(session), kind=kind, secret=secret))


def rebuild(session: Session) -> JoinedRoster:
    """Make the tables of classes and pupils of all that was noted; wrong tries stay. Whoever gets another id by that is written down."""
    apart = [(row.id, row.other) for row in session.execute(select(ApartRow.id, ApartRow.other))]
    joined = joined_roster(*all_notes(session), apart)
    secrets = _secrets(session, joined)
    before = {
        row.id: (row.wrong_tries, row.tried_wrong)
        for row in session.execute(select(PupilRow.id, PupilRow.wrong_tries, PupilRow.tried_wrong))
    }
    _note_moved(session, joined, list(before))
    for table in (PupilRow, ClassRow, SameRow):
        session.execute(delete(table))
    classes = [{"id": one.id, "name": one.name, "secret_kind": one.secret_kind, "has_left": one.has_left} for one in joined.classes]
    pupils = []
    for one in joined.pupils:
        wrong, tried_wrong = before.get(one.id, (0, None))
        place = {"id": one.id, "class_id": one.class_id, "number": one.number, "first_name": one.first_name, "group": one.group}
        pupils.append({**place, "secret": secrets.get(one.id, ""), "wrong_tries": wrong, "tried_wrong": tried_wrong})
    same = [{"id": one_id, "known_as": other} for one_id, other in joined.same.items()]
    for table, rows in ((ClassRow, classes), (PupilRow, pupils), (SameRow, same)):
        if rows:
            session.execute(insert(table), rows)
    return joined


def all_notes(session: Session) -> tuple[list[ClassNote], list[PupilNote]]:
    """All that was noted. Raises `msgspec.ValidationError` for what cannot have been."""
    classes = [row._asdict() for row in session.execute(select(*_CLASS_COLUMNS))]
    pupils = [row._asdict() for row in session.execute(select(*_PUPIL_COLUMNS))]
    return converted(classes, list[ClassNote]), converted(pupils, list[PupilNote])


def _secrets(session: Session, joined: JoinedRoster) -> dict[str, str]:
    """For each pupil the newest secret that was chosen under one of their ids, of the kind that the class has now."""
    kinds = {one.id: one.secret_kind for one in joined.classes}
    wanted = {one.id: kinds[one.class_id] for one in joined.pupils}
    newest: dict[str, tuple[str, str]] = {}
    for row in session.execute(select(SecretRow.pupil_id, SecretRow.when_utc, SecretRow.kind, SecretRow.secret)):
        pupil_id = joined.same.get(row.pupil_id, row.pupil_id)
        if wanted.get(pupil_id) == row.kind:
            found = (row.when_utc, row.secret)
            newest[pupil_id] = max(found, newest.get(pupil_id, found))
    return {pupil_id: secret for pupil_id, (_, secret) in newest.items()}


def _note_moved(session: Session, joined: JoinedRoster, before: Sequence[str]) -> None:
    for row in session.scalars(select(MovedRow)):
        row.new_id = joined.same.get(row.new_id, row.new_id)
    for old_id in before:
        if old_id in joined.same:
            session.merge(MovedRow(old_id=old_id, new_id=joined.same[old_id]))
    session.flush()


def _moment(session: Session) -> str:
    """Now; after all that was noted before, also where the clock was set back since, or another PC's is ahead."""
    now = datetime.datetime.now(datetime.UTC)
    newest = [
        session.scalar(select(func.max(column))) or "" for column in (ClassNoteRow.when_utc, PupilNoteRow.when_utc, SecretRow.when_utc)
    ]
    with suppress(ValueError, OverflowError):
        now = max(now, datetime.datetime.fromisoformat(max(newest)) + datetime.timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")
