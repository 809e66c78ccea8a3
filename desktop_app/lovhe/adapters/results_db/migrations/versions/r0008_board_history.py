"""What happened to each board, and a fault that somebody has noted by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """What happened before was not kept, but for the last of each kind."""
    op.add_column("boards", sa.Column("noted_fault", sa.String(200), nullable=False, server_default=""))
    op.add_column("boards", sa.Column("noted_utc", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "board_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mac", sa.String(17), nullable=False),
        sa.Column("when_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("fault", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["mac"], ["boards.mac"], name="fk_board_history_mac_boards", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_board_history"),
    )
    op.create_index("ix_board_history_mac", "board_history", ["mac"])
