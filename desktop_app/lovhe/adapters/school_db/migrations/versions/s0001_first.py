"""Schools, their classes, points set by hand, and summaries; and what the tables of one PC must do without where many PCs send."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KEYS = {
    "attempts": ["id"],
    "attempt_pupils": ["pupil_id", "attempt_id"],
    "check_results": ["attempt_id"],
    "evidence": ["attempt_id"],
    "classes": ["id"],
    "pupils": ["id", "class_id"],
    "audit": ["id", "chain", "subject"],
    "audit_notes": ["audit_id"],
    "same_ones": ["id", "known_as"],
}


def _key() -> sa.String:
    return sa.String(36, collation="C")


def upgrade() -> None:
    """Keys are compared byte by byte, as SQLite does it: that is quicker, and an index finds ids by how they begin."""
    for table, columns in _KEYS.items():
        for column in columns:
            op.alter_column(table, column, type_=_key())
    op.drop_constraint("uq_classes_name", "classes")  # each school has a 7A
    op.drop_constraint("uq_pupils_class_id", "pupils")  # two may change their numbers, one after the other
    op.create_index("ix_pupils_class_id", "pupils", ["class_id"])
    op.create_table(
        "schools",
        sa.Column("id", _key(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_schools"),
        sa.UniqueConstraint("name", name="uq_schools_name"),
    )
    op.create_table(
        "school_classes",
        sa.Column("class_id", _key(), nullable=False),
        sa.Column("school_id", _key(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name="fk_school_classes_class_id_classes"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_school_classes_school_id_schools"),
        sa.PrimaryKeyConstraint("class_id", name="pk_school_classes"),
    )
    op.create_index("ix_school_classes_school_id", "school_classes", ["school_id"])
    op.create_table(
        "corrections",
        sa.Column("audit_id", _key(), nullable=False),
        sa.Column("pupil_id", _key(), nullable=False),
        sa.Column("lesson_id", sa.String(100), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("when_utc", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name="fk_corrections_pupil_id_pupils", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_id", name="pk_corrections"),
    )
    op.create_index("ix_corrections_pupil_id", "corrections", ["pupil_id"])
    op.create_table(
        "summaries",
        sa.Column("pupil_id", _key(), nullable=False),
        sa.Column("class_id", _key(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("begun", "passed", "stuck", "points", "total")),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name="fk_summaries_pupil_id_pupils", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pupil_id", name="pk_summaries"),
    )
    op.create_index("ix_summaries_class_id", "summaries", ["class_id"])
