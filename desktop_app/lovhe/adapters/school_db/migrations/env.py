"""Alembic runs this file. The connection, already inside a transaction, is handed over by `school_db.opening`."""

from alembic import context

from lovhe.adapters.school_db.models import SchoolBase

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SchoolBase.metadata,
    transactional_ddl=True,
    version_table="school_version",
)
with context.begin_transaction():
    context.run_migrations()
