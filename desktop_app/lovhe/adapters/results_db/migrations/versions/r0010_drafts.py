"""What pupils were typing, in a copy."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Older copies have none."""
    op.create_table(
        "drafts",
        sa.Column("group_key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("group_key", "name", name="pk_drafts"),
    )
