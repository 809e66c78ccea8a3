"""Alembic runs this file. The connection, already inside a transaction, is handed over by `results_db.opening`."""

from alembic import context

from lovhe.adapters.results_db.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
