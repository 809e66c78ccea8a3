"""Classes of the first and the second shift."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Of no class it is known yet."""
    op.add_column("classes", sa.Column("shift", sa.Integer(), nullable=False, server_default="0"))
