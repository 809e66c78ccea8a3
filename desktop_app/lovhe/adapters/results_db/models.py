"""The tables of the results database, in types that SQLite and PostgreSQL both have."""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, LargeBinary, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

# Constraints have names on every database, so that a later migration can speak of them.
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime.datetime]):
    """A moment in UTC. SQLite keeps no zone, so it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        if value is None:
            return None
        in_utc = value.astimezone(datetime.UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=datetime.UTC) if value.tzinfo is None else value.astimezone(datetime.UTC)


class IsoUtcTime(TypeDecorator[str]):
    """The same moment as `UtcTime` keeps, read as ISO 8601 to the second: for many rows at once, a class's overview."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], str | None]:
        if dialect.name == "sqlite":  # kept as text: 2026-11-23 08:30:00.000000
            return lambda kept: f"{kept[:10]}T{kept[11:19]}+00:00" if kept is not None else None
        return lambda when: when.astimezone(datetime.UTC).isoformat(timespec="seconds") if when is not None else None


class PackedJson(TypeDecorator[bytes]):
    """JSON, compressed by zlib: a report takes a fifth of its size. What earlier versions wrote as it is, is read as it is."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return zlib.compress(value, 6) if value is not None else None

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return zlib.decompress(value) if value is not None and not value.startswith((b"{", b"[")) else value


class Base(DeclarativeBase):
    """All tables; their metadata is what migrations are compared with."""

    metadata = MetaData(naming_convention=NAMES)


class AttemptRow(Base):
    """One judged run or answer. `id` is a UUIDv7 made on the PC, so that files from many PCs merge without questions.

    `step` is the lesson's step, "" for a lesson without steps. `student` is what files from before there were pupils may hold as
    free text; nothing is written there any more.
    """

    __tablename__ = "attempts"
    # All that a class's overview needs: on an old disk the rows themselves, with programs and reports, would take a place to go to each.
    __table_args__ = (Index("ix_attempts_summary", "id", "lesson_id", "step", "outcome", "points", "total", "when_utc"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(String(100), index=True)
    step: Mapped[str] = mapped_column(String(100), default="")
    board: Mapped[str] = mapped_column(String(100))
    student: Mapped[str] = mapped_column(String(100), default="")
    when: Mapped[datetime.datetime] = mapped_column("when_utc", UtcTime())
    outcome: Mapped[str] = mapped_column(String(16))
    points: Mapped[int]
    total: Mapped[int]
    program: Mapped[str] = mapped_column(Text)
    report: Mapped[bytes] = mapped_column(PackedJson())
    checks: Mapped[list[CheckRow]] = relationship(order_by="CheckRow.position", cascade="all, delete-orphan")
    evidence: Mapped[EvidenceRow] = relationship(cascade="all, delete-orphan")
    makers: Mapped[list[MakerRow]] = relationship(order_by="MakerRow.pupil_id", cascade="all, delete-orphan", lazy="raise")


class MakerRow(Base):
    """One of the pupils who made an attempt; a guest's attempt has none.

    The key begins with the pupil, whose attempts are asked for at each start. The pupil may be unknown here (a results file that was
    moved away, or another PC's): an attempt is kept all the same, so `pupil_id` is no foreign key. It stays as it was recorded: under
    which id that pupil is known now, `SameRow` tells.
    """

    __tablename__ = "attempt_pupils"

    pupil_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True, index=True)


class ClassRow(Base):
    """A class. Its `id` is a UUIDv7, so that a class can get another name; `secret_kind` is `core.pupils.pupil.SecretKind`.

    `has_left` tells that it is not at school any more, `shift` when it is there: `core.pupils.pupil.Shift`.
    """

    __tablename__ = "classes"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(16))
    secret_kind: Mapped[str] = mapped_column(String(16), default="none")
    has_left: Mapped[bool] = mapped_column(default=False)
    shift: Mapped[int] = mapped_column(default=0)
    pupils: Mapped[list[PupilRow]] = relationship(order_by="PupilRow.number", back_populates="school_class", lazy="raise")


class PupilRow(Base):
    """A pupil: a number and a first name. `secret` is a hash, "" for none; `wrong_tries` counts those since the last right one.

    `group` is the number of a group in the class, 0 for none.
    """

    __tablename__ = "pupils"
    __table_args__ = (UniqueConstraint("class_id", "number"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    class_id: Mapped[str] = mapped_column(ForeignKey("classes.id"))
    number: Mapped[int]
    first_name: Mapped[str] = mapped_column(String(40))
    group: Mapped[int] = mapped_column("group_number", default=0)
    secret: Mapped[str] = mapped_column(String(200), default="")
    wrong_tries: Mapped[int] = mapped_column(default=0)
    tried_wrong: Mapped[datetime.datetime | None] = mapped_column("wrong_utc", UtcTime())
    school_class: Mapped[ClassRow] = relationship(back_populates="pupils", lazy="raise")


class ClassNoteRow(Base):
    """What a class was from a moment on: `core.pupils.joined_roster.ClassNote`. `classes` is made of these when files are merged."""

    __tablename__ = "class_notes"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    when_utc: Mapped[str] = mapped_column(String(32), primary_key=True)
    chain: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    secret_kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    has_left: Mapped[bool] = mapped_column(primary_key=True)


class PupilNoteRow(Base):
    """What a pupil was from a moment on: `core.pupils.joined_roster.PupilNote`, as for classes."""

    __tablename__ = "pupil_notes"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    when_utc: Mapped[str] = mapped_column(String(32), primary_key=True)
    chain: Mapped[str] = mapped_column(String(36), primary_key=True)
    class_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    group: Mapped[int] = mapped_column("group_number", primary_key=True, autoincrement=False)


class ApartRow(Base):
    """Two that were seen beside each other when one came to a name that the other has or had: they are two, whatever is noted elsewhere."""

    __tablename__ = "apart"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    other: Mapped[str] = mapped_column(String(36), primary_key=True)


class SecretRow(Base):
    """A pupil's newest secret under one of their ids, as a hash of that kind; "" where it was taken back."""

    __tablename__ = "pupil_secrets"

    pupil_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    when_utc: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    secret: Mapped[str] = mapped_column(String(200))


class SameRow(Base):
    """Another PC's id of a class or a pupil, and the one under which it is known here. It follows from the notes."""

    __tablename__ = "same_ones"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    known_as: Mapped[str] = mapped_column(String(36), index=True)


class MovedRow(Base):
    """A pupil who was known here under another id before files were merged: what they typed has yet to follow them. Never merged."""

    __tablename__ = "moved_pupils"

    old_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    new_id: Mapped[str] = mapped_column(String(36))


class CheckRow(Base):
    """One check of an attempt, so that a class can be asked about without reading reports. What was seen stands in the report."""

    __tablename__ = "check_results"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[str] = mapped_column(String(100), index=True)
    outcome: Mapped[str] = mapped_column(String(16))


class EvidenceRow(Base):
    """What happened while the program ran: `core.checks.evidence` JSON lines, compressed with zlib."""

    __tablename__ = "evidence"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True)
    events: Mapped[bytes] = mapped_column(LargeBinary)


class AuditRow(Base):
    """What a teacher has changed by hand: `core.audit.hash_chain.Entry`. `subject` is a pupil's id; the moment is kept as it was hashed.

    Two entries may stand at one place of a chain, where a file was copied by hand and both went on: that is found out, not refused.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_chain", "chain", "place"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    chain: Mapped[str] = mapped_column(String(36))
    place: Mapped[int]
    when_utc: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(36), index=True)
    note_hash: Mapped[str] = mapped_column(String(64))
    before: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    note: Mapped[AuditNoteRow | None] = relationship(cascade="all, delete-orphan", lazy="raise")


class AuditNoteRow(Base):
    """What was said of it, as JSON; gone when the pupil is erased."""

    __tablename__ = "audit_notes"

    audit_id: Mapped[str] = mapped_column(ForeignKey("audit.id", ondelete="CASCADE"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(Text)


class HereRow(Base):
    """What belongs to this file and not to what is in it.

    "chain" is the name of the chain that its changes go on; "keep_months" how long attempts of those who have left are kept;
    "copied_utc" when the file was last copied to a safe place, and "copied_attempts" how many attempts it had then.
    "second_shift" is when the second shift begins; the teacher's passphrase is here, too.
    """

    __tablename__ = "here"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[str] = mapped_column(String(100))


class DraftRow(Base):
    """What pupils were typing when a copy was made: `services.ports.drafts.Draft`. Where nothing was put back there is none."""

    __tablename__ = "drafts"

    group: Mapped[str] = mapped_column("group_key", String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class BoardRow(Base):
    """A board that this PC knows: `services.ports.BoardRecord`. `order` and `fault` are JSON."""

    __tablename__ = "boards"
    __table_args__ = (UniqueConstraint("class_name", "number"),)

    mac: Mapped[str] = mapped_column(String(17), primary_key=True)
    serial_port: Mapped[str] = mapped_column(String(200), default="")
    flash_state: Mapped[str] = mapped_column(String(16), default="")
    flashed: Mapped[datetime.datetime | None] = mapped_column("when_utc", UtcTime())
    class_name: Mapped[str | None] = mapped_column(String(16))
    number: Mapped[int | None]
    chip: Mapped[str] = mapped_column(String(16), default="")
    firmware: Mapped[str] = mapped_column(String(200), default="")
    order: Mapped[bytes | None] = mapped_column("flash_order", LargeBinary)
    fault: Mapped[bytes | None] = mapped_column(LargeBinary)
    faulted: Mapped[datetime.datetime | None] = mapped_column("fault_utc", UtcTime())
    test_lesson: Mapped[str] = mapped_column(String(100), default="")
    test_outcome: Mapped[str] = mapped_column(String(16), default="")
    test_report: Mapped[bytes | None] = mapped_column(LargeBinary)
    tested: Mapped[datetime.datetime | None] = mapped_column("tested_utc", UtcTime())
    noted_fault: Mapped[str] = mapped_column(String(200), default="")
    noted: Mapped[datetime.datetime | None] = mapped_column("noted_utc", UtcTime())


class BoardHistoryRow(Base):
    """What happened to a board: `services.ports.BoardEvent`. `fault` is JSON."""

    __tablename__ = "board_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    mac: Mapped[str] = mapped_column(ForeignKey("boards.mac", ondelete="CASCADE"), index=True)
    when: Mapped[datetime.datetime] = mapped_column("when_utc", UtcTime())
    kind: Mapped[str] = mapped_column(String(16))
    outcome: Mapped[str] = mapped_column(String(16), default="")
    words: Mapped[str] = mapped_column(String(200), default="")
    fault: Mapped[bytes | None] = mapped_column(LargeBinary)
