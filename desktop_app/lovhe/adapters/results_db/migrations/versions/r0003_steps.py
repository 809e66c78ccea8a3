"""Which step of its lesson a result belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Results from before lessons had steps belong to the lesson as a whole."""
    op.add_column("attempts", sa.Column("step", sa.String(100), nullable=False, server_default=""))
