"""The class set: names, firmware, faults and self-tests of boards."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Boards known before keep their state; they have no name yet."""
    with op.batch_alter_table("boards") as table:
        table.alter_column("when_utc", existing_type=sa.DateTime(timezone=True), nullable=True)
        table.add_column(sa.Column("class_name", sa.String(16), nullable=True))
        table.add_column(sa.Column("number", sa.Integer(), nullable=True))
        table.add_column(sa.Column("chip", sa.String(16), nullable=False, server_default=""))
        table.add_column(sa.Column("firmware", sa.String(200), nullable=False, server_default=""))
        table.add_column(sa.Column("flash_order", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("fault", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("fault_utc", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("test_lesson", sa.String(100), nullable=False, server_default=""))
        table.add_column(sa.Column("test_outcome", sa.String(16), nullable=False, server_default=""))
        table.add_column(sa.Column("test_report", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("tested_utc", sa.DateTime(timezone=True), nullable=True))
        table.create_unique_constraint("uq_boards_class_name", ["class_name", "number"])
