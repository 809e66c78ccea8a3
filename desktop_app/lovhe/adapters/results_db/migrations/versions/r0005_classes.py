"""Groups in a class, classes that have left school, and an index for a class's overview."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nobody is in a group yet, and all are at school."""
    op.add_column("classes", sa.Column("has_left", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_attempts_summary", "attempts", ["id", "lesson_id", "step", "outcome", "points", "total", "when_utc"])
    op.add_column("pupils", sa.Column("group_number", sa.Integer(), nullable=False, server_default="0"))
