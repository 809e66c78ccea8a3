"""What files are merged by: notes of what classes and pupils were, and who is known under which id."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ID = sa.String(36)


def upgrade() -> None:
    """Two entries may stand at one place of a chain; and classes and pupils get their first notes."""
    _drop_unique_places()
    op.create_table(
        "class_notes",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("when_utc", sa.String(32), primary_key=True),
        sa.Column("chain", _ID, primary_key=True),
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("secret_kind", sa.String(16), primary_key=True),
        sa.Column("has_left", sa.Boolean(), primary_key=True),
    )
    op.create_table(
        "pupil_notes",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("when_utc", sa.String(32), primary_key=True),
        sa.Column("chain", _ID, primary_key=True),
        sa.Column("class_id", _ID, primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("first_name", sa.String(40), primary_key=True),
        sa.Column("group_number", sa.Integer(), primary_key=True, autoincrement=False),
    )
    op.create_table("apart", sa.Column("id", _ID, primary_key=True), sa.Column("other", _ID, primary_key=True))
    op.create_table(
        "pupil_secrets",
        sa.Column("pupil_id", _ID, nullable=False),
        sa.Column("when_utc", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("secret", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("pupil_id", name="pk_pupil_secrets"),
    )
    op.create_table(
        "same_ones",
        sa.Column("id", _ID, nullable=False),
        sa.Column("known_as", _ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_same_ones"),
    )
    op.create_index("ix_same_ones_known_as", "same_ones", ["known_as"])
    op.create_table(
        "moved_pupils",
        sa.Column("old_id", _ID, nullable=False),
        sa.Column("new_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("old_id", name="pk_moved_pupils"),
    )
    if op.get_bind().dialect.name == "sqlite":  # a school's server begins empty
        _note_what_is_there()


def _drop_unique_places() -> None:
    """SQLite makes the table anew for that, and what was said would go with the old one."""
    op.execute("CREATE TEMPORARY TABLE notes_kept AS SELECT * FROM audit_notes")
    with op.batch_alter_table("audit") as audit:
        audit.drop_constraint("uq_audit_chain", type_="unique")
        audit.create_index("ix_audit_chain", ["chain", "place"])
    op.execute("DELETE FROM audit_notes")
    op.execute("INSERT INTO audit_notes SELECT * FROM notes_kept")
    op.execute("DROP TABLE notes_kept")


def _note_what_is_there() -> None:
    """The file is told by its oldest class, the moment by its newest attempt: a copy, brought up to date elsewhere, gets the same notes."""
    chain = "(SELECT min(id) FROM classes)"
    newest = "(SELECT coalesce(replace(substr(max(when_utc), 1, 26), ' ', 'T') || '+00:00', '') FROM attempts)"
    op.execute(
        f"INSERT INTO class_notes (id, when_utc, chain, name, secret_kind, has_left) "
        f"SELECT id, {newest}, {chain}, name, secret_kind, has_left FROM classes"
    )
    op.execute(
        f"INSERT INTO pupil_notes (id, when_utc, chain, class_id, number, first_name, group_number) "
        f"SELECT id, {newest}, {chain}, class_id, number, first_name, group_number FROM pupils"
    )
    op.execute(
        f"INSERT INTO pupil_secrets (pupil_id, when_utc, kind, secret) "
        f"SELECT pupils.id, {newest}, secret_kind, secret FROM pupils JOIN classes ON classes.id = class_id WHERE secret <> ''"
    )
