"""Groups in a class, and classes that have left school."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nobody is in a group yet, and all are at school."""
    op.add_column("classes", sa.Column("has_left", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("pupils", sa.Column("group_number", sa.Integer(), nullable=False, server_default="0"))
