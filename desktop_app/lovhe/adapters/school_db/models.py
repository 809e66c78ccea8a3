"""The tables that a school's server has besides those of a results file."""

from __future__ import annotations

from sqlalchemy import ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from lovhe.adapters.results_db.models import NAMES, ClassRow, PupilRow


class SchoolBase(DeclarativeBase):
    """The tables of `school_db.migrations`: no results file has them."""

    metadata = MetaData(naming_convention=NAMES)


class SchoolRow(SchoolBase):
    """A school, under the name or code that its teachers gave."""

    __tablename__ = "schools"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)


class SchoolClassRow(SchoolBase):
    """Which school a class belongs to."""

    __tablename__ = "school_classes"

    class_id: Mapped[str] = mapped_column(ForeignKey(ClassRow.__table__.c.id), primary_key=True)
    school_id: Mapped[str] = mapped_column(ForeignKey("schools.id"), index=True)


class CorrectionRow(SchoolBase):
    """Points that a teacher has set: what an audit entry says, without the reason, which stays at the school."""

    __tablename__ = "corrections"

    audit_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    pupil_id: Mapped[str] = mapped_column(ForeignKey(PupilRow.__table__.c.id, ondelete="CASCADE"), index=True)
    lesson_id: Mapped[str] = mapped_column(String(100))
    points: Mapped[int | None]
    when_utc: Mapped[str] = mapped_column(String(32))


class SummaryRow(SchoolBase):
    """`core.marks.summaries.Summary` of each pupil. `waiting` from when something new of them is here until it is summed up.

    `class_id` is the pupil's, so that a report of a country has no table of all pupils to join.
    """

    __tablename__ = "summaries"

    pupil_id: Mapped[str] = mapped_column(ForeignKey(PupilRow.__table__.c.id, ondelete="CASCADE"), primary_key=True)
    class_id: Mapped[str] = mapped_column(String(36), index=True)
    begun: Mapped[int] = mapped_column(default=0)
    passed: Mapped[int] = mapped_column(default=0)
    stuck: Mapped[int] = mapped_column(default=0)
    points: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[bool] = mapped_column(default=True)
