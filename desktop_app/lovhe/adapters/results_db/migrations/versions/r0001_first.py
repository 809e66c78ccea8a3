"""Attempts, their checks and evidence, and boards."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables; a results file is never taken back to an older form."""
    op.create_table(
        "attempts",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("lesson_id", sa.String(100), nullable=False),
        sa.Column("board", sa.String(100), nullable=False),
        sa.Column("student", sa.String(100), nullable=False),
        sa.Column("when_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("report", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_lesson_id", "attempts", ["lesson_id"])
    op.create_index("ix_attempts_student", "attempts", ["student"])
    op.create_table(
        "check_results",
        sa.Column("attempt_id", sa.String(36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.String(100), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name="fk_check_results_attempt_id_attempts", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("attempt_id", "position", name="pk_check_results"),
    )
    op.create_index("ix_check_results_check_id", "check_results", ["check_id"])
    op.create_table(
        "evidence",
        sa.Column("attempt_id", sa.String(36), nullable=False),
        sa.Column("events", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name="fk_evidence_attempt_id_attempts", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_evidence"),
    )
    op.create_table(
        "boards",
        sa.Column("mac", sa.String(17), nullable=False),
        sa.Column("serial_port", sa.String(200), nullable=False),
        sa.Column("flash_state", sa.String(16), nullable=False),
        sa.Column("when_utc", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mac", name="pk_boards"),
    )
