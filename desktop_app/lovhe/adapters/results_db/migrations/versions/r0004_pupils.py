"""Classes, pupils, and who made which attempt."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Results from before belong to no pupil. What the column of students holds stays there; it is no longer searched, nor written."""
    op.drop_index("ix_attempts_student", "attempts")
    op.create_table(
        "classes",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("secret_kind", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_classes"),
        sa.UniqueConstraint("name", name="uq_classes_name"),
    )
    op.create_table(
        "pupils",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("class_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(40), nullable=False),
        sa.Column("secret", sa.String(200), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("wrong_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name="fk_pupils_class_id_classes"),
        sa.PrimaryKeyConstraint("id", name="pk_pupils"),
        sa.UniqueConstraint("class_id", "number", name="uq_pupils_class_id"),
    )
    op.create_table(
        "attempt_pupils",
        sa.Column("pupil_id", sa.String(36), nullable=False),
        sa.Column("attempt_id", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name="fk_attempt_pupils_attempt_id_attempts", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pupil_id", "attempt_id", name="pk_attempt_pupils"),
    )
    op.create_index("ix_attempt_pupils_attempt_id", "attempt_pupils", ["attempt_id"])
