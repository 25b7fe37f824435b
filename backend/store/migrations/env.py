"""Runs the migrations on the connection it is handed, in that connection's transaction."""

from alembic import context

from backend.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
